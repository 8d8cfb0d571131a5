/** A topology by columns, so that a search over ten thousand edges is a few passes over arrays. */
import type { Topology, TopologyEdge, TopologyNode } from "@/lib/contract/topology";
import type { FigureName, FlagName, TextName } from "./fields";

export interface Columns {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  /** By index of an edge: index of its ends among the nodes; -1 for one that is not there. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** By index of a node: the worst of the edges into it; NaN without any. */
  readonly worst: Readonly<Record<"p50" | "p95" | "p99" | "mtls", Float64Array>>;
  /** By index of a node: calls refused to it and from it, per second; a service's with those of the workloads behind it. */
  readonly denied: Float64Array;
  /** By index of a node: calls it receives and makes, per second; a service makes those of the workloads behind it. */
  readonly rate: Float64Array;
  /** By index of a node: policy allows a call to or from it; it is in a split. */
  readonly allowed: Uint8Array;
  readonly split: readonly (string | null)[];
}

const known = new WeakMap<Topology, Columns>();

/** Made once for each topology. */
export function columnsOf(topology: Topology): Columns {
  const found = known.get(topology) ?? makeColumns(topology);
  known.set(topology, found);
  return found;
}

function makeColumns({ nodes, edges }: Topology): Columns {
  const index = new Map(nodes.map((node, at) => [node.id, at]));
  const source = Int32Array.from(edges, (edge) => index.get(edge.source) ?? -1);
  const target = Int32Array.from(edges, (edge) => index.get(edge.target) ?? -1);
  const unknown = () => new Float64Array(nodes.length).fill(Number.NaN);
  const worst = { p50: unknown(), p95: unknown(), p99: unknown(), mtls: unknown() };
  const denied = new Float64Array(nodes.length);
  const allowed = new Uint8Array(nodes.length);
  const split = nodes.map((node) => (node.split === null ? null : node.name));
  edges.forEach((edge, at) => {
    const to = target[at] ?? -1;
    for (const end of [source[at] ?? -1, to]) {
      // Beyond the array for an end that is not there: a typed array lets nothing be written there.
      denied[end] = (denied[end] ?? 0) + edge.deniedPerSecond;
      if (edge.allowed) allowed[end] = 1;
    }
    if (to < 0) return;
    for (const percentile of ["p50", "p95", "p99"] as const) {
      raise(worst[percentile], to, edge.latencyMs?.[percentile] ?? null);
    }
    lower(worst.mtls, to, edge.mtlsRatio);
    if (edge.splitRoot !== null) split[to] ??= nameOf(edge.splitRoot);
  });
  const related = nodes.map((node) => node.related.map((id) => index.get(id) ?? -1));
  const rate = Float64Array.from(nodes, (node, at) => {
    const joined = (related[at] ?? []).flatMap((other) => nodes[other] ?? []);
    if (node.kind === "service") return node.inPerSecond + total(joined, (each) => each.outPerSecond);
    return (
      Math.max(
        node.inPerSecond,
        total(joined, (each) => each.inPerSecond),
      ) + node.outPerSecond
    );
  });
  const refused = denied.map((own, at) =>
    nodes[at]?.kind === "service" ? own + total(related[at] ?? [], (other) => denied[other] ?? 0) : own,
  );
  return { nodes, edges, source, target, worst, denied: refused, rate, allowed, split };
}

function total<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

function raise(column: Float64Array, at: number, value: number | null): void {
  if (value !== null && !((column[at] ?? Number.NaN) >= value)) column[at] = value;
}

function lower(column: Float64Array, at: number, value: number | null): void {
  if (value !== null && !((column[at] ?? Number.NaN) <= value)) column[at] = value;
}

function nameOf(id: string): string {
  return id.split("/").slice(2).join("/");
}

/** A node's figure; NaN when it is not known. */
export function nodeFigure({ nodes, worst, denied, rate }: Columns, at: number, figure: FigureName): number {
  const node = nodes[at];
  if (node === undefined) return Number.NaN;
  if (figure === "rate") return rate[at] ?? 0;
  if (figure === "errors") return node.errorRatio === null ? Number.NaN : node.errorRatio * 100;
  if (figure === "denied") return denied[at] ?? 0;
  return worst[figure][at] ?? Number.NaN;
}

/** An edge's figure; NaN when it is not known. Errors in percent, latency in milliseconds. */
export function edgeFigure(edge: TopologyEdge, figure: FigureName): number {
  if (figure === "rate") return edge.requestsPerSecond;
  if (figure === "errors") return edge.errorRatio === null ? Number.NaN : edge.errorRatio * 100;
  if (figure === "denied") return edge.deniedPerSecond;
  return edge.latencyMs?.[figure] ?? Number.NaN;
}

/** What a node is called in a field; of fields that only edges have, nothing. */
export function nodeTexts({ nodes, split }: Columns, at: number, field: TextName): readonly string[] {
  const node = nodes[at];
  if (node === undefined) return [];
  switch (field) {
    case "name":
      return [node.name];
    case "namespace":
      return [node.namespace];
    case "version":
      return node.version === null ? [] : [node.version];
    case "kind":
      return [node.kind];
    case "identity":
      return node.identities;
    case "protocol":
      return node.protocol === null ? [] : [node.protocol];
    case "split":
      return texts(split[at]);
    default:
      return [];
  }
}

/** Of an edge, the fields that nodes do not have. */
export function edgeTexts({ nodes, source, target, edges }: Columns, at: number, field: TextName): readonly string[] {
  const edge = edges[at];
  if (edge === undefined) return [];
  if (field === "protocol") return [edge.protocol];
  if (field === "split") return texts(edge.splitRoot === null ? null : nameOf(edge.splitRoot));
  return texts(nodes[(field === "from" ? source[at] : target[at]) ?? -1]?.name);
}

function texts(text: string | null | undefined): readonly string[] {
  return text === null || text === undefined ? [] : [text];
}

export function nodeFlag(columns: Columns, at: number, flag: Exclude<FlagName, "mtls">): boolean {
  const node = columns.nodes[at];
  if (node === undefined) return false;
  if (flag === "problem") return node.problems > 0;
  if (flag === "allowed") return columns.allowed[at] === 1;
  if (flag === "split") return (columns.split[at] ?? null) !== null;
  if (flag === "denied") return (columns.denied[at] ?? 0) > 0;
  if (flag === "errors") return (node.errorRatio ?? 0) > 0;
  return columns.rate[at] === 0 && (columns.denied[at] ?? 0) === 0;
}

/** `problem` is asked of an edge's ends. */
export function edgeFlag(edge: TopologyEdge, flag: Exclude<FlagName, "mtls" | "problem">): boolean {
  if (flag === "allowed") return edge.allowed;
  if (flag === "split") return edge.splitRoot !== null;
  if (flag === "denied") return edge.deniedPerSecond > 0;
  if (flag === "errors") return (edge.errorRatio ?? 0) > 0;
  return edge.requestsPerSecond === 0 && edge.deniedPerSecond === 0;
}
