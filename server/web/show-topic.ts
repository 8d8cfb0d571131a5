import type { WINDOW_TOPICS } from "@/lib/contract/stream";
import { windowSeconds } from "@/lib/contract/window";
import { webContext } from "./context";
import { readPastFrame } from "./frame";
import { refuseFuture } from "./future";
import { TOPICS } from "./topics";

/**
 * A topic over a window: from the frame that all viewers of that window share, or with `at` (unix milliseconds) as the
 * metrics remember that instant.
 */
export async function showTopic(
  topic: (typeof WINDOW_TOPICS)[number],
  { window, at }: { readonly window: string; readonly at?: number | undefined },
): Promise<unknown> {
  const seconds = windowSeconds(window) ?? 30;
  const { frames, mesh, metrics, telemetry } = webContext();
  if (at === undefined) return TOPICS[topic](await frames.get(seconds));
  refuseFuture(at, Date.now());
  return TOPICS[topic](await readPastFrame({ mesh, metrics, telemetry, now: Date.now }, seconds, at));
}
