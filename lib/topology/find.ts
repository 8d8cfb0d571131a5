/**
 * Finding in a graph: free text and conditions, all of which must hold, for example `ns:bookstore errors>1% mtls:no`.
 * Conditions are about edges; a node is found by its own name or namespace and, when there are conditions, by an edge.
 */
import type { Topology, TopologyEdge, TopologyNode } from "@/lib/contract/topology";

export interface Found {
  readonly ok: true;
  /** Ids. Both null for an empty search: nothing is sought, so nothing is left out. */
  readonly nodes: ReadonlySet<string> | null;
  readonly edges: ReadonlySet<string> | null;
}

export interface FindError {
  readonly ok: false;
  /** Which term, why, and what to write instead. */
  readonly message: string;
}

interface Query {
  readonly nodeTests: readonly ((node: TopologyNode) => boolean)[];
  readonly edgeTests: readonly ((edge: TopologyEdge) => boolean)[];
}

const WORDS: Readonly<Record<string, (edge: TopologyEdge) => boolean>> = {
  denied: (edge) => edge.deniedPerSecond > 0,
  errors: (edge) => (edge.errorRatio ?? 0) > 0,
  idle: (edge) => edge.requestsPerSecond === 0 && edge.deniedPerSecond === 0,
  "mtls:yes": (edge) => edge.mtls === true,
  "mtls:no": (edge) => edge.mtls === false,
};

/** Read in the unit people say them in: percent, per second, milliseconds. null: not measured, and never found. */
const FIGURES: Readonly<Record<string, (edge: TopologyEdge) => number | null>> = {
  errors: (edge) => (edge.errorRatio === null ? null : edge.errorRatio * 100),
  rate: (edge) => edge.requestsPerSecond,
  denied: (edge) => edge.deniedPerSecond,
  p50: (edge) => edge.latencyMs?.p50 ?? null,
  p95: (edge) => edge.latencyMs?.p95 ?? null,
  p99: (edge) => edge.latencyMs?.p99 ?? null,
};

const UNITS: Readonly<Record<string, RegExp>> = {
  errors: /^%?$/,
  rate: /^(\/s)?$/,
  denied: /^(\/s)?$/,
  p50: /^(ms|s)?$/,
  p95: /^(ms|s)?$/,
  p99: /^(ms|s)?$/,
};

/** What a search may say, in one line. */
export const FIND_TERMS = "a name, ns:bookstore, errors>1%, rate>10, p99>200ms, denied, idle, errors, mtls:no, problem";

/** Nodes and edges for which every term holds, or what is wrong with the search. */
export function find(topology: Topology, text: string): Found | FindError {
  const terms = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (terms.length === 0) return { ok: true, nodes: null, edges: null };
  const query: { nodeTests: Query["nodeTests"][number][]; edgeTests: Query["edgeTests"][number][] } = {
    nodeTests: [],
    edgeTests: [],
  };
  for (const term of terms) {
    const test = readTerm(term);
    if ("message" in test) return { ok: false, message: test.message };
    if ("node" in test) query.nodeTests.push(test.node);
    else query.edgeTests.push(test.edge);
  }
  return search(topology, query);
}

type Term =
  | { readonly node: (node: TopologyNode) => boolean }
  | { readonly edge: (edge: TopologyEdge) => boolean }
  | { readonly message: string };

function readTerm(term: string): Term {
  const word = Object.hasOwn(WORDS, term) ? WORDS[term] : undefined;
  if (word !== undefined) return { edge: word };
  if (term === "problem") return { node: (node) => node.problems > 0 };
  const field = /^([a-z0-9]+):(.*)$/.exec(term);
  if (field !== null) {
    const [, name = "", value = ""] = field;
    if (name === "ns" && value !== "") return { node: (node) => node.namespace.toLowerCase().startsWith(value) };
    return { message: `"${term}" is no condition: write ns:NAMESPACE, mtls:yes or mtls:no.` };
  }
  const comparison = /^([a-z0-9]+)(>=|<=|>|<)(.*)$/.exec(term);
  if (comparison !== null) return readComparison(term, comparison);
  return { node: (node) => node.name.toLowerCase().includes(term) };
}

function readComparison(term: string, [, name = "", op = "", rest = ""]: RegExpExecArray): Term {
  const figure = Object.hasOwn(FIGURES, name) ? FIGURES[name] : undefined;
  const unit = UNITS[name];
  if (figure === undefined || unit === undefined) {
    return { message: `"${name}" in "${term}" cannot be compared: use ${Object.keys(FIGURES).join(", ")}.` };
  }
  const amount = /^(\d+(?:\.\d+)?)(.*)$/.exec(rest);
  if (amount === null || !unit.test(amount[2] ?? "")) {
    const example = name === "errors" ? "errors>1%" : name.startsWith("p") ? `${name}>200ms` : `${name}>10`;
    return { message: `"${term}" needs a number behind ${op}, for example ${example}.` };
  }
  const limit = Number(amount[1]) * (amount[2] === "s" ? 1000 : 1);
  return {
    edge: (edge) => {
      const value = figure(edge);
      return value !== null && compare(value, op, limit);
    },
  };
}

function compare(value: number, op: string, limit: number): boolean {
  if (op === ">") return value > limit;
  if (op === ">=") return value >= limit;
  return op === "<" ? value < limit : value <= limit;
}

/** With conditions: edges that fulfil them and touch a node that was asked for, and their ends. Without: those nodes. */
function search({ nodes, edges }: Topology, { nodeTests, edgeTests }: Query): Found {
  const wanted = new Set(nodes.filter((node) => nodeTests.every((test) => test(node))).map((node) => node.id));
  const found = edges.filter(
    (edge) => edgeTests.every((test) => test(edge)) && (wanted.has(edge.source) || wanted.has(edge.target)),
  );
  const ends = new Set(found.flatMap((edge) => [edge.source, edge.target]));
  return { ok: true, nodes: edgeTests.length > 0 ? ends : wanted, edges: new Set(found.map((edge) => edge.id)) };
}
