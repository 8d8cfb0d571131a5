/** What `/api/stream` can be asked for. */

/** Topics with figures over a window. */
export const WINDOW_TOPICS = ["topology", "overview", "splits", "access", "security"] as const;
/** Topics without. */
export const PLAIN_TOPICS = ["health", "problems"] as const;
export type StreamTopic = (typeof WINDOW_TOPICS)[number] | (typeof PLAIN_TOPICS)[number];
