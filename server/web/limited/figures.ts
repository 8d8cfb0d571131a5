/** Figures of calls with at least one end in a namespace the reader may see. The other end is there by its name alone. */
import { parseNodeId } from "@/lib/kube/refs";
import type { MeshSamples } from "@/lib/metrics/mesh-queries";
import {
  CLUSTER_LABEL,
  DESTINATION_NAMESPACE,
  parseClusterName,
  parseLocalClusterName,
  SOURCE_NAMESPACE,
} from "@/lib/metrics/names";
import type { Labels } from "@/lib/metrics/query";
import type { ReadFrames } from "../frame-tracks";
import { type Scope, sees, seesNamed } from "./scope";

export function limitedSamples(samples: MeshSamples, scope: Scope): MeshSamples {
  const concerns = rowTest(scope);
  return {
    requests: samples.requests.filter(({ labels }) => concerns(labels)),
    latency: samples.latency.filter(({ labels }) => concerns(labels)),
    connections: samples.connections.filter(({ labels }) => concerns(labels)),
    denied: samples.denied.filter(({ labels }) => concerns(labels)),
  };
}

/** Remembers namespaces: rows are many, and of few of them. */
function rowTest(scope: Scope): (labels: Labels) => boolean {
  const namespaces = new Map<string, boolean>();
  const seen = (namespace: string | undefined): boolean => {
    if (!namespace) return false;
    const known = namespaces.get(namespace) ?? sees(scope, namespace);
    namespaces.set(namespace, known);
    return known;
  };
  const clusters = new Map<string, { readonly local: boolean; readonly namespace: string } | null>();
  const clusterOf = (text: string) => {
    const known = clusters.get(text);
    if (known !== undefined) return known;
    const local = parseLocalClusterName(text);
    const parsed = local ?? parseClusterName(text);
    const made = parsed && { local: local !== null, namespace: parsed.namespace };
    clusters.set(text, made);
    return made;
  };
  return (labels) => {
    const source = seen(labels[SOURCE_NAMESPACE]);
    const cluster = clusterOf(labels[CLUSTER_LABEL] ?? "");
    // What a workload's own sidecar let in is the workload's own.
    if (source || cluster?.local) return source;
    return seen(cluster?.namespace ?? labels[DESTINATION_NAMESPACE]);
  };
}

export function limitedTracks({ frames, queries, partial }: ReadFrames, scope: Scope): ReadFrames {
  const edges = [...frames.edges].filter(
    ([, { source, service }]) => seesNamed(scope, source) || seesNamed(scope, service),
  );
  const received = [...frames.received].filter(([id]) => sees(scope, parseNodeId(id).namespace));
  return { frames: { ...frames, edges: new Map(edges), received: new Map(received) }, queries, partial };
}
