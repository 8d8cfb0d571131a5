import { webContext } from "./context";
import { type FrameWish, frameAt } from "./frame-at";
import type { SharedText } from "./shared-text";
import { type Topic, topicText } from "./topic-text";

/** A topic over a window, now or as the metrics remember an instant. */
export async function showTopic(topic: Topic, wish: FrameWish): Promise<SharedText> {
  const context = webContext();
  return topicText(topic, await frameAt(wish, context), context);
}
