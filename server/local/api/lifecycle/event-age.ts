/** Events are kept for an hour, as in a cluster. */
import type { Cluster } from "../cluster";
import { textAt } from "../object";

const EVENTS = { group: "", plural: "events" };
const KEPT_MS = 3_600_000;

export function dropOldEvents(cluster: Cluster): void {
  const oldest = cluster.clock().getTime() - KEPT_MS;
  for (const event of [...cluster.store.list(EVENTS)]) {
    const last =
      textAt(event, "lastTimestamp") || textAt(event, "eventTime") || (event.metadata.creationTimestamp ?? "");
    if (Date.parse(last) < oldest) cluster.store.remove(EVENTS, event);
  }
}
