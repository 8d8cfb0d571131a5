/** Samples as the mesh's queries answer them, said by edge. */
import type { MeshSamples } from "@/lib/metrics/mesh-queries";
import type { Labels, Sample } from "@/lib/metrics/query";

/** `shop/web` is the Deployment web of namespace shop. */
export function source(workload: string): Labels {
  const [namespace = "", name = ""] = workload.split("/");
  return { source_namespace: namespace, source_workload_kind: "deployment", source_workload_name: name };
}

export interface Traffic {
  readonly from: string;
  /** `namespace/service|port`. */
  readonly cluster: string;
  /** Per second, by response code class. */
  readonly classes?: Readonly<Record<string, number>>;
  readonly connections?: Readonly<Record<string, number>>;
  /** Per second, cumulative, by `le`. */
  readonly buckets?: Readonly<Record<string, number>>;
}

export interface Refusals {
  readonly from: string;
  /** `namespace/service`. */
  readonly to: string;
  readonly perSecond: number;
  readonly side?: "client" | "server";
}

export function samplesOf(traffic: readonly Traffic[], refusals: readonly Refusals[] = []): MeshSamples {
  const rows = (field: "classes" | "connections" | "buckets", label: string): Sample[] =>
    traffic.flatMap((one) =>
      Object.entries(one[field] ?? {}).map(([name, value]) => ({
        labels: { ...source(one.from), envoy_cluster_name: one.cluster, [label]: name },
        value,
      })),
    );
  return {
    requests: rows("classes", "envoy_response_code_class"),
    connections: rows("connections", "part"),
    latency: rows("buckets", "le"),
    denied: refusals.map(({ from, to, perSecond, side }) => {
      const [namespace = "", name = ""] = to.split("/");
      const labels = { ...source(from), destination_namespace: namespace, destination_service: name };
      return { labels: { ...labels, side: side ?? "client" }, value: perSecond };
    }),
  };
}

/** Connections that were all encrypted. */
export function encrypted(count: number): Readonly<Record<string, number>> {
  return { openedTotal: count, failedTotal: 0, handshakesTotal: count, opened: 0, failed: 0, received: 0, sent: 0 };
}
