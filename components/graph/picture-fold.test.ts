import { describe, expect, it } from "vitest";
import type { Topology } from "@/lib/contract/topology";
import { edgeStatus, nodeStatus } from "@/lib/picture/status";
import { bookstoreTopology, callEdge } from "@/test/fixtures/topology";
import { callsUnder } from "./fold";
import { makePicture, type Picture, PictureMaker } from "./picture";
import { figuresOf } from "./picture-figures";

const topology = bookstoreTopology(0);
const folded = makePicture(topology, { level: "namespaces", scope: null });

function nodeOf(picture: Picture, id: string) {
  const node = picture.nodes.find((each) => each.id === id);
  if (!node) throw new Error(`no ${id} in ${picture.nodes.map((each) => each.id)}`);
  return node;
}

function edgeOf(picture: Picture, id: string) {
  const edge = picture.edges.find((each) => each.id === id);
  if (!edge?.edge) throw new Error(`no ${id} in ${picture.edges.map((each) => each.id)}`);
  return { ...edge, edge: edge.edge };
}

const total = (of: (edge: Topology["edges"][number]) => number, keep: (edge: Topology["edges"][number]) => boolean) =>
  topology.edges.filter(keep).reduce((sum, edge) => sum + of(edge), 0);

describe("namespaces folded", () => {
  it("is one node a namespace, with what is inside it counted", () => {
    expect(folded.nodes.map((node) => node.name)).toEqual(["bookbuyer", "bookstore", "bookthief", "bookwarehouse"]);
    const bookstore = nodeOf(folded, "_/bookstore");
    expect(bookstore.folded).toMatchObject({ group: "bookstore", services: 3, workloads: 2, total: 3 });
    expect(nodeStatus(bookstore)).toBe("degraded");
    expect(folded.shownAs.get("bookstore/deployment/bookstore-v1")).toBe("_/bookstore");
  });

  it("is of as many calls as before it was folded", () => {
    expect(callsUnder(folded)).toBe(topology.edges.length);
    expect(callsUnder(makePicture(topology, { level: "workloads", scope: null }))).toBe(topology.edges.length);
  });

  it("adds up rates, weighs errors by them, and names what it adds up", () => {
    const { edge, calls } = edgeOf(folded, "_/bookbuyer>_/bookstore");
    const between = (each: Topology["edges"][number]) =>
      each.source.startsWith("bookbuyer/") && each.target.startsWith("bookstore/");
    expect(edge.requestsPerSecond).toBeCloseTo(total((each) => each.requestsPerSecond, between));
    expect(edge.errorRatio).toBeCloseTo(
      total((each) => each.requestsPerSecond * (each.errorRatio ?? 0), between) / edge.requestsPerSecond,
    );
    expect([...calls].sort()).toEqual(
      topology.edges
        .filter(between)
        .map((each) => each.id)
        .sort(),
    );
    expect(edge.parts?.total).toBe(calls.length);
    expect(edgeStatus(edge)).toBe("degraded");
  });

  it("gives each topology edge to one drawn edge, or to the inside of a node", () => {
    const drawn = folded.edges.flatMap((edge) => edge.calls);
    expect(new Set(drawn).size).toBe(drawn.length);
    const inside = topology.edges.filter((edge) => folded.shownAs.get(edge.source) === folded.shownAs.get(edge.target));
    expect(drawn.length + inside.length).toBe(topology.edges.length);
  });

  it("does not add connections of TCP to requests", () => {
    const mixed = {
      ...topology,
      edges: [
        ...topology.edges,
        callEdge("bookbuyer/deployment/bookbuyer", "bookwarehouse/service/stockdb", { protocol: "tcp" }),
        callEdge("bookbuyer/deployment/bookbuyer", "bookwarehouse/service/bookwarehouse"),
      ],
    };
    const picture = makePicture(mixed, { level: "namespaces", scope: null });
    expect(edgeOf(picture, "_/bookbuyer>_/bookwarehouse").edge.protocol).toBe("http");
    expect(edgeOf(picture, "_/bookbuyer>_/bookwarehouse|tcp").edge.protocol).toBe("tcp");
  });

  it("says that a percentile is one of several, and which is the slowest", () => {
    const { edge } = edgeOf(folded, "_/bookbuyer>_/bookstore");
    const p99s = topology.edges
      .filter((each) => edge.parts && folded.shownAs.get(each.source) === "_/bookbuyer")
      .flatMap((each) => each.latencyMs?.p99 ?? []);
    expect(edge.parts?.slowestP99Ms).toBe(Math.max(...p99s));
    expect(edge.latencyMs?.p99).toBeLessThanOrEqual(Math.max(...p99s));
    expect(edge.latencyMs?.p99).toBeGreaterThanOrEqual(Math.min(...p99s));
  });

  it("never hides that one connection is in plaintext", () => {
    const plain = {
      ...topology,
      edges: topology.edges.map((edge, index) =>
        index === 0 ? { ...edge, requestsPerSecond: 0, mtlsRatio: 0, mtls: false } : { ...edge, mtlsRatio: 1 },
      ),
    };
    const id = plain.edges[0]?.id ?? "";
    const edge = makePicture(plain, { level: "namespaces", scope: null }).edges.find((each) => each.calls.includes(id));
    expect(edge?.edge?.mtlsRatio).toBeLessThan(1);
  });

  it("opens one namespace in place", () => {
    const open = makePicture(topology, { level: "namespaces", scope: null, open: new Set(["bookstore"]) });
    expect(open.nodes.map((node) => node.id)).toEqual([
      "_/bookbuyer",
      "_/bookthief",
      "_/bookwarehouse",
      "bookstore/service/bookstore",
      "bookstore/service/bookstore-v1",
      "bookstore/service/bookstore-v2",
    ]);
    expect(edgeOf(open, "_/bookbuyer>bookstore/service/bookstore-v1").edge.requestsPerSecond).toBeGreaterThan(0);
    expect(open.edges.some((edge) => edge.kind === "split")).toBe(true);
  });
});

describe("other groups", () => {
  it("folds by ServiceAccount and by version", () => {
    const owners = makePicture(topology, { level: "namespaces", scope: null, grouping: "owner" });
    expect(nodeOf(owners, "_/bookstore/bookstore-v1").folded?.workloads).toBe(1);
    expect(nodeOf(owners, "_/several ServiceAccounts").folded?.services).toBe(1);
    const versions = makePicture(topology, { level: "services", scope: null, grouping: "version" });
    expect(nodeOf(versions, "bookstore/service/bookstore-v2").group).toBe("v2");
  });

  it("without groups stands every service for itself", () => {
    const none = makePicture(topology, { level: "namespaces", scope: null, grouping: "none" });
    expect(none.nodes.every((node) => node.group === "" && node.folded === null)).toBe(true);
  });
});

describe("what is left out", () => {
  it("is neither drawn nor counted", () => {
    const id = topology.edges.find((edge) => edge.source.startsWith("bookthief/"))?.id ?? "";
    const without = { nodes: new Set(["bookwarehouse/service/stockdb"]), edges: new Set([id]) };
    const picture = makePicture(topology, { level: "services", scope: null, without });
    expect(picture.nodes.some((node) => node.name === "stockdb")).toBe(false);
    expect(picture.edges.some((edge) => edge.calls.includes(id) || edge.to.endsWith("/stockdb"))).toBe(false);
    const folded = makePicture(topology, { level: "namespaces", scope: null, without });
    expect(folded.edges.some((edge) => edge.calls.includes(id))).toBe(false);
    expect(nodeOf(folded, "_/bookwarehouse").folded?.services).toBe(1);
  });
});

describe("a refresh", () => {
  it("keeps the objects of what did not change, and renews the rest", () => {
    const maker = new PictureMaker();
    const first = maker.make(topology, { level: "services", scope: null });
    const busier = {
      ...topology,
      edges: topology.edges.map((edge, index) => (index === 0 ? { ...edge, requestsPerSecond: 99 } : edge)),
    };
    const second = maker.make(busier, { level: "services", scope: null });
    const changed = second.edges.filter((edge, index) => edge !== first.edges[index]);
    expect(changed.map((edge) => edge.calls)).toEqual([[busier.edges[0]?.id]]);
    expect(second).toEqual(makePicture(busier, { level: "services", scope: null }));
  });

  it("makes another picture when an edge comes or the choice is another", () => {
    const maker = new PictureMaker();
    maker.make(topology, { level: "services", scope: null });
    const more = { ...topology, edges: topology.edges.slice(1) };
    expect(maker.make(more, { level: "services", scope: null })).toEqual(
      makePicture(more, { level: "services", scope: null }),
    );
    expect(maker.make(more, { level: "namespaces", scope: null })).toEqual(
      makePicture(more, { level: "namespaces", scope: null }),
    );
  });
});

describe("figures as columns", () => {
  it("are those of the picture, NaN where nothing is known", () => {
    const picture = makePicture(topology, { level: "services", scope: null });
    const { edges, nodes } = figuresOf(picture);
    picture.edges.forEach(({ edge }, index) => {
      expect(edges.requestsPerSecond[index]).toBe(edge === null ? Number.NaN : Math.fround(edge.requestsPerSecond));
      expect(Number.isNaN(edges.p99Ms[index])).toBe((edge?.latencyMs?.p99 ?? null) === null);
    });
    const thief = picture.nodes.findIndex((node) => node.name === "bookstore");
    expect(nodes.deniedPerSecond[thief]).toBeGreaterThan(0);
    expect(nodes.inPerSecond).toHaveLength(picture.nodes.length);
  });
});
