import type { WINDOW_TOPICS } from "@/lib/contract/stream";
import { windowSeconds } from "@/lib/contract/window";
import { webContext } from "./context";
import { TOPICS } from "./topics";

/** A topic over a window, from the frame that all viewers of that window share. */
export async function showTopic(topic: (typeof WINDOW_TOPICS)[number], window: string): Promise<unknown> {
  const frame = await webContext().frames.get(windowSeconds(window) ?? 30);
  return TOPICS[topic](frame);
}
