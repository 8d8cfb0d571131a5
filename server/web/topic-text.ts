/** A topic of a frame as text, made when somebody first wants it: what GET answers and the stream pushes is the same. */
import type { WINDOW_TOPICS } from "@/lib/contract/stream-topics";
import type { Frame } from "./frame";
import { type SharedText, sharedText } from "./shared-text";
import { TOPICS, type TopicSources } from "./topics";

export type Topic = (typeof WINDOW_TOPICS)[number];

const texts = new WeakMap<Frame, Map<Topic, Promise<SharedText>>>();

/** Rejects as the topic does; all who ask for it of this frame get the same. `sources`: of the context the frame is of. */
export function topicText(topic: Topic, frame: Frame, sources: TopicSources): Promise<SharedText> {
  const known = texts.get(frame) ?? new Map<Topic, Promise<SharedText>>();
  texts.set(frame, known);
  const made = known.get(topic) ?? TOPICS[topic](frame, sources).then(sharedText);
  known.set(topic, made);
  return made;
}
