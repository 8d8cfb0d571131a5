/** What the mounted views want of the stream, and the address that asks for all of it at once. */
import { PLAIN_TOPICS, type StreamTopic, WINDOW_TOPICS } from "@/lib/contract/stream-topics";
import { windowSeconds } from "@/lib/contract/window";

/** One view's wish: a topic, with its window (`30s`) or `on`. */
export interface Interest {
  readonly topic: StreamTopic;
  readonly value: string;
}

/**
 * `/api/stream?...` with each topic once, topics in a fixed order so that equal wishes give equal addresses; null when
 * nobody wishes anything. Of two windows for one topic the shorter is streamed; the other view polls.
 */
export function streamUrl(interests: Iterable<Interest>): string | null {
  const values = streamed(interests);
  if (values.size === 0) return null;
  const query = new URLSearchParams();
  for (const topic of [...WINDOW_TOPICS, ...PLAIN_TOPICS]) {
    const value = values.get(topic);
    if (value !== undefined) query.set(topic, value);
  }
  return `/api/stream?${query}`;
}

/** The window streamed of each topic. */
export function streamed(interests: Iterable<Interest>): ReadonlyMap<StreamTopic, string> {
  const values = new Map<StreamTopic, string>();
  for (const { topic, value } of interests) {
    const other = values.get(topic);
    if (other === undefined || (windowSeconds(value) ?? 0) < (windowSeconds(other) ?? 0)) values.set(topic, value);
  }
  return values;
}
