/** The last events of one kind, for watches that start a little in the past. */
import type { Stored } from "../object";

export interface StoreEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  /** For DELETED: the last state, carrying the revision of the deletion. */
  readonly object: Stored;
  readonly previous: Stored | null;
  readonly revision: number;
}

const KEPT = 2000;

export interface Ring {
  add(event: StoreEvent): void;
  /** The events after that revision, or null when some of them are no longer kept. */
  after(revision: number): readonly StoreEvent[] | null;
}

/** `startRevision`: what happened before it is not known. */
export function createRing(startRevision: number): Ring {
  let events: StoreEvent[] = [];
  let forgotten = startRevision;
  return {
    add(event) {
      events.push(event);
      if (events.length < KEPT * 2) return;
      const dropped = events.length - KEPT;
      forgotten = events[dropped - 1]?.revision ?? forgotten;
      events = events.slice(dropped);
    },
    after(revision) {
      if (revision < forgotten) return null;
      let low = 0;
      let high = events.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((events[middle]?.revision ?? 0) > revision) high = middle;
        else low = middle + 1;
      }
      return events.slice(low);
    },
  };
}
