import { windowSeconds } from "@/lib/contract/window";
import { webContext } from "./context";
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
  const context = webContext();
  if (at === undefined) return topicText(topic, await context.frames.get(seconds), context);
  refuseFuture(at, Date.now());
  return topicText(topic, await context.past(seconds, at), context);
}
