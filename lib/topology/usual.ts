import { nodeId, parseKey } from "@/lib/kube/refs";
import { type MeshSamples, NO_SAMPLES } from "@/lib/metrics/mesh-queries";
import type { UsualP99 } from "./health";
import type { ProtocolOf } from "./row-places";
import { tally } from "./tally";

/** p99 by edge id, out of the bucket rates of a long window. */
export function usualP99(latency: MeshSamples["latency"], protocolOf: ProtocolOf): UsualP99 {
  const usual = new Map<string, number>();
  for (const { source, service, latency: own } of tally({ ...NO_SAMPLES, latency }, protocolOf).edges.values()) {
    const [p99 = null] = own?.quantiles([0.99]) ?? [];
    if (p99 !== null) usual.set(`${source}>${nodeId({ kind: "service", ...parseKey(service) })}`, p99);
  }
  return usual;
}
