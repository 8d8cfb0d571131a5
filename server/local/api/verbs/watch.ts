/** Changes of a kind as a client asked to see them. */
import type { Cluster, Target } from "../cluster";
import type { Stored } from "../object";
import { expired } from "../status";
import type { StoreEvent } from "../store/ring";
import { checkFuture, type Selection, selectionTest } from "./read";

export interface WatchOptions extends Selection {
  /** Empty or "0": begin with every object there is, as ADDED. */
  readonly resourceVersion: string;
  /** Begin with every object there is, then a bookmark that says so, whatever resourceVersion. */
  readonly sendInitialEvents: boolean;
}

export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: Stored;
}

export interface WatchSink {
  event(event: WatchEvent): void;
  /** Everything up to this revision has been sent. */
  initialDone(resourceVersion: string): void;
}

/** With a selector, an object that comes to fit is ADDED and one that ceases to is DELETED. */
function seen(event: StoreEvent, test: (object: Stored) => boolean): WatchEvent | null {
  const fits = test(event.object);
  if (event.type === "DELETED") return event.previous !== null && test(event.previous) ? event : null;
  const fitted = event.previous !== null && test(event.previous);
  if (fits) return { type: fitted ? "MODIFIED" : "ADDED", object: event.object };
  return fitted ? { type: "DELETED", object: event.object } : null;
}

/** Begins at once; returns how to stop. Throws 410 when the start is no longer known. */
export function watchObjects(cluster: Cluster, target: Target, options: WatchOptions, sink: WatchSink): () => void {
  checkFuture(cluster, options.resourceVersion);
  const test = selectionTest(target, options);
  const fromNow = options.sendInitialEvents || options.resourceVersion === "" || options.resourceVersion === "0";
  const start = fromNow ? cluster.store.revision : Number(options.resourceVersion);
  const followed = cluster.store.follow(target.type, start, (event) => {
    const shown = seen(event, test);
    if (shown !== null) sink.event(shown);
  });
  if (followed === null) throw expired(`too old resource version: ${start} (${cluster.store.revision})`);
  if (fromNow) {
    for (const object of cluster.store.list(target.type)) if (test(object)) sink.event({ type: "ADDED", object });
    sink.initialDone(String(start));
  }
  for (const event of followed.past) {
    const shown = seen(event, test);
    if (shown !== null) sink.event(shown);
  }
  return followed.stop;
}
