/** What an event of the stream does to the cache of answers. */
import type { QueryClient } from "@tanstack/react-query";
import { checked } from "#contract";
import { SMI_PLURALS } from "@/lib/contract/smi-plurals";
import type { StreamEventName, StreamEvents } from "@/lib/contract/stream";
import type { StreamTopic } from "@/lib/contract/stream-topics";
import { queryKeys } from "./query-keys";

/** `windows`: which window each topic is streamed over now. */
export function applyStreamEvent(
  queries: QueryClient,
  windows: ReadonlyMap<StreamTopic, string>,
  event: { readonly name: StreamEventName; readonly data: unknown },
): void {
  const { name } = event;
  const data = checked(`stream ${name}`, event.data);
  if (name === "changed") {
    const { resources } = data as StreamEvents["changed"];
    for (const plural of SMI_PLURALS) {
      if (resources.includes(plural)) void queries.invalidateQueries({ queryKey: queryKeys.smi(plural) });
    }
    if (resources.includes("settings")) void queries.invalidateQueries({ queryKey: queryKeys.meshConfig() });
    // Pods come and go by themselves; all else somebody changed.
    if (resources.some((resource) => resource !== "workloads")) {
      void queries.invalidateQueries({ queryKey: queryKeys.changes() });
    }
    if (resources.includes("namespaces") || resources.includes("workloads")) {
      void queries.invalidateQueries({ queryKey: queryKeys.namespaces() });
    }
    return;
  }
  if (name === "heartbeat" || name === "failed") return;
  const value = windows.get(name);
  if (value !== undefined) queries.setQueryData(keyOf(name, value), data);
}

function keyOf(topic: StreamTopic, value: string) {
  if (topic === "overview") return queryKeys.overview(value, { at: null, ns: null });
  if (topic === "topology" || topic === "security") return queryKeys[topic](value, null);
  return topic === "health" || topic === "problems" ? queryKeys[topic]() : queryKeys[topic](value);
}
