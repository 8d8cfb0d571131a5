/**
 * What a screen reader is told. One polite live region for the page (LiveRegion, in the shell); the last message wins, as a
 * reader walking the graph wants the node it is at, not a queue of those it passed.
 */
type Listener = (message: string) => void;

const listeners = new Set<Listener>();

/** Speaks a message. Repeating the same one speaks it again. */
export function announce(message: string): void {
  for (const listener of listeners) listener(message);
}

/** For LiveRegion and Toasts. Returns the way to stop. */
export function onAnnounce(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
