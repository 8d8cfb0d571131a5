/** Which changes are shown, as it stands in the URL: `?since=24h&kind=policy&find=bookstore`. */
import type { Change } from "@/lib/contract/changes";

const HOUR_MS = 3600_000;

/** How far back, the shortest first. */
export const RANGES = [
  { value: "1h", label: "Last hour", ms: HOUR_MS },
  { value: "6h", label: "Last 6 hours", ms: 6 * HOUR_MS },
  { value: "24h", label: "Last 24 hours", ms: 24 * HOUR_MS },
  { value: "7d", label: "Last 7 days", ms: 168 * HOUR_MS },
] as const;
export type Range = (typeof RANGES)[number];

export const KINDS = [
  { value: "", label: "Every kind", kinds: null },
  { value: "policy", label: "Access policy", kinds: ["TrafficTarget", "HTTPRouteGroup", "TCPRoute"] },
  { value: "splits", label: "TrafficSplits", kinds: ["TrafficSplit"] },
  { value: "settings", label: "MeshConfig", kinds: ["MeshConfig"] },
  { value: "namespaces", label: "Namespaces", kinds: ["Namespace"] },
  { value: "workloads", label: "Services and Deployments", kinds: ["Service", "Deployment"] },
] as const;

/** What is no range is the last hour. */
export function rangeOf(text: string | null): Range {
  return RANGES.find(({ value }) => value === text) ?? RANGES[0];
}

/** The next longer one; null for the longest. */
export function longer(range: Range): Range | null {
  return RANGES[RANGES.indexOf(range) + 1] ?? null;
}

export interface ChangeChoice {
  readonly kind: string | null;
  /** Every word must be in the name, the kind, the author or the words of the change. */
  readonly find: string;
  /** Namespaces; null for all. */
  readonly scope: ReadonlySet<string> | null;
}

export function chosen(changes: readonly Change[], { kind, find, scope }: ChangeChoice): readonly Change[] {
  const kinds: readonly string[] | null = KINDS.find(({ value }) => value === kind)?.kinds ?? null;
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  return changes.filter((change) => {
    // A Namespace has none: it is one.
    const namespace = change.kind === "Namespace" ? change.name : change.namespace;
    if (kinds !== null && !kinds.includes(change.kind)) return false;
    // Settings hold for every namespace.
    if (scope !== null && change.kind !== "MeshConfig" && !scope.has(namespace)) return false;
    const text = `${change.kind} ${change.namespace}/${change.name} ${change.verb} ${change.by ?? ""} ${change.summary}`;
    return words.every((word) => text.toLowerCase().includes(word));
  });
}
