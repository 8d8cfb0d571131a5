import { windowSeconds } from "@/lib/contract/window";
import { webContext } from "./context";
import { readPastFrame } from "./frame";
import { refuseFuture } from "./future";
import type { SharedText } from "./shared-text";
import { type Topic, topicText } from "./topic-text";

/**
 * A topic over a window: from the frame that all viewers of that window share, or with `at` (unix milliseconds) as the
 * metrics remember that instant.
 */
export async function showTopic(
  topic: Topic,
  { window, at }: { readonly window: string; readonly at?: number | undefined },
): Promise<SharedText> {
  const seconds = windowSeconds(window) ?? 30;
  const { frames, mesh, metrics, telemetry } = webContext();
  if (at === undefined) return topicText(topic, await frames.get(seconds));
  refuseFuture(at, Date.now());
  return topicText(topic, await readPastFrame({ mesh, metrics, telemetry, now: Date.now }, seconds, at));
}
