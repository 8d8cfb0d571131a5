/** Finds the pods a Service selects without looking at every pod for every Service. */
import type { MeshCandidate } from "./pods";
import type { Json } from "./shape";

export interface PodIndex {
  /** Pods of the namespace that carry every label of the selector, in the order they were indexed. */
  select(namespace: string, selector: readonly (readonly [string, string])[]): readonly MeshCandidate[];
}

export function indexPods(candidates: readonly MeshCandidate[]): PodIndex {
  const byLabel = new Map<string, MeshCandidate[]>();
  for (const candidate of candidates) {
    for (const [label, value] of Object.entries(candidate.labels)) {
      const term = termOf(candidate.pod.namespace, label, value);
      const found = byLabel.get(term);
      if (found === undefined) byLabel.set(term, [candidate]);
      else found.push(candidate);
    }
  }
  return {
    select(namespace, selector) {
      let fewest: readonly MeshCandidate[] | null = null;
      for (const [label, value] of selector) {
        const found = byLabel.get(termOf(namespace, label, value)) ?? [];
        if (fewest === null || found.length < fewest.length) fewest = found;
      }
      return (fewest ?? []).filter((candidate) => carries(candidate.labels, selector));
    },
  };
}

function carries(labels: Json, selector: readonly (readonly [string, string])[]): boolean {
  return selector.every(([label, value]) => labels[label] === value);
}

/** Neither a namespace nor a label holds a line break. */
function termOf(namespace: string, label: string, value: unknown): string {
  return `${namespace}\n${label}\n${String(value)}`;
}
