import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Topology, TopologyEdge, TopologyNode } from "@/lib/contract/topology";
import { diffTopologies, withLost } from "./diff";

type Figures = Partial<TopologyEdge>;

function edge(name: string, figures: Figures = {}): TopologyEdge {
  const [source = "", target = ""] = name.split(">");
  return {
    id: name,
    source,
    target,
    protocol: "http",
    requestsPerSecond: 0,
    bytesPerSecond: null,
    errorRatio: null,
    deniedPerSecond: 0,
    denied: false,
    mtlsRatio: null,
    mtls: null,
    latencyMs: null,
    splitShare: null,
    desiredShare: null,
    splitRoot: null,
    allowed: true,
    policies: [],
    ...figures,
  };
}

function node(id: string): TopologyNode {
  const [namespace = "", kind = "", name = ""] = id.split("/");
  const shape = { version: null, identities: [], related: [], pods: null, split: null, protocol: null };
  const figures = { inPerSecond: 0, outPerSecond: 0, errorRatio: null, problems: 0 };
  return { id, namespace, kind, name, meshed: true, ...shape, ...figures };
}

function topology(edges: readonly TopologyEdge[], windowSeconds = 30): Topology {
  const ids = new Set(edges.flatMap(({ source, target }) => [source, target]));
  return {
    at: 0,
    windowSeconds,
    policyMode: "smi",
    nodes: [...ids].sort().map(node),
    edges: [...edges],
    queries: { count: 4, ms: 1 },
    problems: [],
    partial: [],
  };
}

const ratio = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
const anyEdge = fc
  .record({
    name: fc.constantFrom("a>b", "a>c", "b>c", "c>d"),
    requestsPerSecond: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 500, noNaN: true })),
    deniedPerSecond: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 50, noNaN: true })),
    errorRatio: ratio,
    mtlsRatio: ratio,
    splitShare: ratio,
    p95: fc.option(fc.double({ min: 0, max: 900, noNaN: true })),
  })
  .map(({ name, p95, ...figures }) =>
    edge(name, { ...figures, latencyMs: p95 === null ? null : { p50: 1, p95, p99: 999 } }),
  );
const anyTopology = fc.uniqueArray(anyEdge, { selector: ({ id }) => id, maxLength: 4 }).map((edges) => topology(edges));

const SWAPPED = { new: "lost", lost: "new", changed: "changed" } as const;
const changesOf = (before: readonly TopologyEdge[], after: readonly TopologyEdge[], seconds = 30) =>
  diffTopologies(topology(before, seconds), topology(after, seconds)).edges.map(({ id, kind, changes }) => {
    return [id, kind, changes.map(({ figure }) => figure).join(" ")];
  });

describe("diffTopologies", () => {
  it("finds nothing between a moment and itself", () => {
    fc.assert(
      fc.property(anyTopology, (one) => {
        const { edges, nodes } = diffTopologies(one, one);
        expect([edges.length, nodes.size]).toEqual([0, 0]);
      }),
    );
  });

  it("swapped, has what was new as lost and every figure the other way round", () => {
    fc.assert(
      fc.property(anyTopology, anyTopology, (one, other) => {
        const there = diffTopologies(one, other);
        const back = diffTopologies(other, one);
        expect(back.edges).toEqual(
          there.edges.map((each) => ({
            ...each,
            kind: SWAPPED[each.kind],
            changes: each.changes.map(({ figure, before, after }) => ({ figure, before: after, after: before })),
          })),
        );
        expect([...back.nodes].sort()).toEqual([...there.nodes].map(([id, kind]) => [id, SWAPPED[kind]]).sort());
      }),
    );
  });

  it("has the largest first, and no edge without a reason", () => {
    fc.assert(
      fc.property(anyTopology, anyTopology, (one, other) => {
        const { edges } = diffTopologies(one, other);
        expect(edges.map(({ size }) => size)).toEqual(edges.map(({ size }) => size).sort((a, b) => b - a));
        expect(edges.every(({ changes }) => changes.length > 0)).toBe(true);
      }),
    );
  });

  it("tells new calls, lost calls and other rates", () => {
    expect(changesOf([], [edge("a>b", { requestsPerSecond: 5 })])).toEqual([["a>b", "new", "rate"]]);
    expect(changesOf([edge("a>b", { requestsPerSecond: 5 })], [edge("a>b")])).toEqual([["a>b", "lost", "rate"]]);
    const idle = [edge("a>b", { mtlsRatio: 0 })];
    expect(changesOf(idle, [edge("a>b", { mtlsRatio: 1 })])).toEqual([["a>b", "changed", "encrypted"]]);
    expect(changesOf([edge("a>b", { requestsPerSecond: 10 })], [edge("a>b", { requestsPerSecond: 20 })])).toEqual([
      ["a>b", "changed", "rate"],
    ]);
    expect(changesOf([], [edge("a>b", { deniedPerSecond: 2 })])).toEqual([["a>b", "new", "denied"]]);
  });

  it("does not take chance for change: the same counts matter over a longer window", () => {
    // Two and five calls in half a minute are nothing; forty and a hundred in ten minutes are.
    const [few, more] = [edge("a>b", { requestsPerSecond: 2 / 30 }), edge("a>b", { requestsPerSecond: 6 / 30 })];
    expect(changesOf([few], [more])).toEqual([]);
    expect(changesOf([few], [more], 600)).toEqual([["a>b", "changed", "rate"]]);
    // A call or two of an edge that is called now and then is no new edge.
    expect(changesOf([], [edge("a>b", { requestsPerSecond: 2 / 30 })])).toEqual([]);
    // One failure in ten calls may be one in a hundred; one in ten of three thousand is not.
    const failing = (requestsPerSecond: number, errorRatio: number) => edge("a>b", { requestsPerSecond, errorRatio });
    expect(changesOf([failing(0.33, 0)], [failing(0.33, 0.1)])).toEqual([]);
    expect(changesOf([failing(100, 0)], [failing(100, 0.1)])).toEqual([["a>b", "changed", "errors"]]);
  });

  it("tells other shares, percentiles and encryption", () => {
    const busy = (figures: Figures) => [edge("a>b", { requestsPerSecond: 50, ...figures })];
    expect(changesOf(busy({ splitShare: 0.9 }), busy({ splitShare: 0.5 }))).toEqual([["a>b", "changed", "share"]]);
    expect(changesOf(busy({ splitShare: 0.5 }), busy({ splitShare: 0.52 }))).toEqual([]);
    const slow = (p95: number) => busy({ latencyMs: { p50: 1, p95, p99: 100 } });
    expect(changesOf(slow(20), slow(60))).toEqual([["a>b", "changed", "p95"]]);
    expect(changesOf(slow(2), slow(5))).toEqual([]);
    expect(changesOf(busy({ mtlsRatio: 1 }), busy({ mtlsRatio: 0.99 }))).toEqual([["a>b", "changed", "encrypted"]]);
    expect(changesOf(busy({ mtlsRatio: 0.5 }), busy({ mtlsRatio: 0.51 }))).toEqual([]);
  });

  it("knows nodes that came and went with their calls", () => {
    const before = topology([edge("a>b", { requestsPerSecond: 5 })]);
    const after = topology([edge("a>b"), edge("a>c", { requestsPerSecond: 5 })]);
    expect(diffTopologies(before, after).nodes).toEqual(
      new Map([
        ["b", "lost"],
        ["c", "new"],
      ]),
    );
  });
});

describe("withLost", () => {
  it("keeps what only the earlier moment had, without its calls", () => {
    const before = topology([edge("a>b", { requestsPerSecond: 5, errorRatio: 0.5 }), edge("a>c")]);
    const after = topology([edge("a>c", { requestsPerSecond: 1 })]);
    const both = withLost(after, before);
    expect(both.nodes.map(({ id }) => id)).toEqual(["a", "c", "b"]);
    expect(both.edges.map(({ id, requestsPerSecond }) => [id, requestsPerSecond])).toEqual([
      ["a>c", 1],
      ["a>b", 0],
    ]);
    expect(withLost(after, after)).toBe(after);
  });
});
