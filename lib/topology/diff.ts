/**
 * Two moments of the mesh side by side: which calls are new, which are gone, which are others. Rates of short windows are
 * counts of few calls, so a difference must be large enough to matter and larger than chance: see the constants.
 */
import type { Topology, TopologyEdge, TopologyNode } from "@/lib/contract/topology";
import { wilsonInterval } from "@/lib/metrics/interval";

export type DiffKind = "new" | "lost" | "changed";
export type DiffFigure = "rate" | "errors" | "denied" | "p95" | "encrypted" | "share";

export interface FigureChange {
  readonly figure: DiffFigure;
  /** Calls per second for rate and denied, milliseconds for p95, else 0 to 1; null: unknown. */
  readonly before: number | null;
  readonly after: number | null;
}

export interface EdgeDiff {
  readonly id: string;
  /** Node ids. */
  readonly source: string;
  readonly target: string;
  /** new: called after and not before. lost: the other way round. */
  readonly kind: DiffKind;
  /** The one that concerns most calls first; never empty. */
  readonly changes: readonly FigureChange[];
  /** How many calls per second the greatest of the changes concerns. */
  readonly size: number;
}

export interface TopologyDiff {
  /** The largest first. */
  readonly edges: readonly EdgeDiff[];
  /** Nodes all of whose calls are new or lost, by id. */
  readonly nodes: ReadonlyMap<string, "new" | "lost">;
}

/** Of the larger of two rates, and calls per second: smaller differences of rates matter to nobody. */
const RATE = { relative: 0.25, least: 0.1 } as const;
/** Standard deviations: two counts of the same rate differ by more once in four hundred times. */
const SIGMAS = 3;
/** Points of the error ratio and of the split's share, beyond the overlap of their 95 % intervals. */
const ERRORS = 0.01;
const SHARE = 0.05;
/** Of the larger percentile, milliseconds, and calls in each window: buckets are wide and tails are thin. */
const LATENCY = { relative: 0.3, leastMs: 5, calls: 50 } as const;
/** From or to complete encryption always matters; between two parts from this difference on. */
const ENCRYPTED = 0.05;

/** What differs between two moments; both over the same window. Of equal moments nothing; swapped, new and lost change places. */
export function diffTopologies(before: Topology, after: Topology): TopologyDiff {
  const seconds = { before: before.windowSeconds, after: after.windowSeconds };
  const old = new Map(before.edges.map((edge) => [edge.id, edge]));
  const now = new Map(after.edges.map((edge) => [edge.id, edge]));
  const edges: EdgeDiff[] = [];
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const made = diffEdge(old.get(id), now.get(id), seconds);
    if (made) edges.push(made);
  }
  edges.sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
  return { edges, nodes: diffNodes(edges, before, after) };
}

interface Seconds {
  readonly before: number;
  readonly after: number;
}

function diffEdge(
  before: TopologyEdge | undefined,
  after: TopologyEdge | undefined,
  seconds: Seconds,
): EdgeDiff | null {
  const either = after ?? before;
  if (either === undefined) return null;
  const sized = [
    rateChange("rate", before?.requestsPerSecond ?? 0, after?.requestsPerSecond ?? 0, seconds),
    rateChange("denied", before?.deniedPerSecond ?? 0, after?.deniedPerSecond ?? 0, seconds),
    ...(before && after ? ratioChanges(before, after, seconds) : []),
  ]
    .filter((one) => one !== null)
    .sort((a, b) => b.size - a.size || (a.change.figure < b.change.figure ? -1 : 1));
  const [first] = sized;
  if (first === undefined) return null;
  const { id, source, target } = either;
  // Connections without calls in either moment may differ, for example in encryption: that is no new call.
  const kind = isUsed(before) === isUsed(after) ? "changed" : isUsed(after) ? "new" : "lost";
  return { id, source, target, kind, changes: sized.map(({ change }) => change), size: first.size };
}

function isUsed(edge: TopologyEdge | undefined): boolean {
  return edge !== undefined && (edge.requestsPerSecond > 0 || edge.deniedPerSecond > 0);
}

interface Sized {
  readonly change: FigureChange;
  readonly size: number;
}

function rateChange(figure: "rate" | "denied", before: number, after: number, seconds: Seconds): Sized | null {
  const difference = Math.abs(after - before);
  if (difference < RATE.least || difference < RATE.relative * Math.max(before, after)) return null;
  // Both as counts of one window: the difference of two Poisson counts deviates by the root of their sum.
  const window = Math.min(seconds.before, seconds.after);
  if (difference * window <= SIGMAS * Math.sqrt((before + after) * window)) return null;
  return { change: { figure, before, after }, size: difference };
}

function ratioChanges(before: TopologyEdge, after: TopologyEdge, seconds: Seconds): (Sized | null)[] {
  const calls = Math.max(before.requestsPerSecond, after.requestsPerSecond);
  const counted = (of: (edge: TopologyEdge) => number | null, calls: (edge: TopologyEdge) => number) => {
    const interval = (edge: TopologyEdge, window: number) => share(of(edge), calls(edge) * window);
    return { before: interval(before, seconds.before), after: interval(after, seconds.after) };
  };
  const errors = counted((edge) => edge.errorRatio, callsOf);
  const split = counted((edge) => edge.splitShare, callsOfSplit);
  return [
    apart(errors, ERRORS) ? sized("errors", before.errorRatio, after.errorRatio, calls) : null,
    apart(split, SHARE) ? sized("share", before.splitShare, after.splitShare, calls) : null,
    encryptionChange(before, after, calls),
    latencyChange(before, after, seconds),
  ];
}

type Interval = ReturnType<typeof wilsonInterval>;

function share(ratio: number | null, calls: number): Interval {
  return ratio === null ? null : wilsonInterval(ratio * calls, calls);
}

function callsOf({ requestsPerSecond }: TopologyEdge): number {
  return requestsPerSecond;
}

/** What the source sent to all backends of the split. */
function callsOfSplit({ requestsPerSecond, splitShare }: TopologyEdge): number {
  return splitShare ? requestsPerSecond / splitShare : 0;
}

function apart({ before, after }: { readonly before: Interval; readonly after: Interval }, least: number): boolean {
  if (before === null || after === null || Math.abs(after.share - before.share) < least) return false;
  return before.high < after.low || after.high < before.low;
}

function sized(figure: DiffFigure, before: number | null, after: number | null, calls: number): Sized {
  return { change: { figure, before, after }, size: Math.abs((after ?? 0) - (before ?? 0)) * calls };
}

function encryptionChange(before: TopologyEdge, after: TopologyEdge, calls: number): Sized | null {
  if (before.mtlsRatio === null || after.mtlsRatio === null || before.mtlsRatio === after.mtlsRatio) return null;
  const complete = before.mtlsRatio === 1 || after.mtlsRatio === 1;
  if (!complete && Math.abs(after.mtlsRatio - before.mtlsRatio) < ENCRYPTED) return null;
  return sized("encrypted", before.mtlsRatio, after.mtlsRatio, calls);
}

function latencyChange(before: TopologyEdge, after: TopologyEdge, seconds: Seconds): Sized | null {
  const old = before.latencyMs?.p95 ?? null;
  const now = after.latencyMs?.p95 ?? null;
  if (old === null || now === null) return null;
  const enough =
    before.requestsPerSecond * seconds.before >= LATENCY.calls &&
    after.requestsPerSecond * seconds.after >= LATENCY.calls;
  const difference = Math.abs(now - old);
  const relative = difference / Math.max(now, old);
  if (!enough || difference < LATENCY.leastMs || relative < LATENCY.relative) return null;
  const calls = Math.max(before.requestsPerSecond, after.requestsPerSecond);
  return { change: { figure: "p95", before: old, after: now }, size: relative * calls };
}

function diffNodes(edges: readonly EdgeDiff[], before: Topology, after: Topology): ReadonlyMap<string, "new" | "lost"> {
  const [old, now] = [usedNodes(before), usedNodes(after)];
  const nodes = new Map<string, "new" | "lost">();
  for (const { kind, source, target } of edges) {
    for (const id of [source, target]) {
      if (kind === "new" && !old.has(id)) nodes.set(id, "new");
      if (kind === "lost" && !now.has(id)) nodes.set(id, "lost");
    }
  }
  return nodes;
}

function usedNodes({ edges }: Topology): ReadonlySet<string> {
  return new Set(edges.filter(isUsed).flatMap(({ source, target }) => [source, target]));
}

/** The later moment with what only the earlier one had, without calls: what was lost keeps its place in the picture. */
export function withLost(after: Topology, before: Topology): Topology {
  const nodes = missing(after.nodes, before.nodes).map((node): TopologyNode => {
    return { ...node, inPerSecond: 0, outPerSecond: 0, errorRatio: null, problems: 0 };
  });
  const edges = missing(after.edges, before.edges).map((edge): TopologyEdge => {
    const calls = { requestsPerSecond: 0, errorRatio: null, deniedPerSecond: 0, denied: false, latencyMs: null };
    return { ...edge, ...calls, bytesPerSecond: null, splitShare: null };
  });
  if (nodes.length === 0 && edges.length === 0) return after;
  return { ...after, nodes: [...after.nodes, ...nodes], edges: [...after.edges, ...edges] };
}

function missing<Item extends { readonly id: string }>(there: readonly Item[], all: readonly Item[]): Item[] {
  const ids = new Set(there.map(({ id }) => id));
  return all.filter(({ id }) => !ids.has(id));
}
