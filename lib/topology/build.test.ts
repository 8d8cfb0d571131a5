import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Topology, type TopologyEdge, TopologySchema } from "@/lib/contract/topology";
import type { MeshObjects } from "@/lib/mesh/input";
import { type MeshSamples, NO_SAMPLES } from "@/lib/metrics/mesh-queries";
import { BOOKSTORE, modelOf } from "@/test/support/bookstore-mesh";
import { encrypted, type Refusals, samplesOf, type Traffic } from "@/test/support/mesh-samples";
import { buildTopology } from "./build";

const V1 = "bookstore/bookstore-v1|14001";
const V2 = "bookstore/bookstore-v2|14001";

function topologyOf(
  samples: MeshSamples,
  objects: MeshObjects = BOOKSTORE,
  mode: "smi" | "permissive" = "smi",
): Topology {
  const model = modelOf(objects, mode);
  return buildTopology({
    model,
    objects,
    samples,
    at: 1_700_000_000_000,
    windowSeconds: 30,
    queries: { count: 4, ms: 3 },
    partial: [],
  });
}

function edge(topology: Topology, source: string, target: string): TopologyEdge | undefined {
  const [sourceNamespace, sourceName] = source.split("/");
  const [targetNamespace, targetName] = target.split("/");
  const id = `${sourceNamespace}/deployment/${sourceName}>${targetNamespace}/service/${targetName}`;
  return topology.edges.find((one) => one.id === id);
}

function node(topology: Topology, id: string) {
  return topology.nodes.find((one) => one.id === id);
}

const BUYING: readonly Traffic[] = [
  {
    from: "bookbuyer/bookbuyer",
    cluster: V1,
    classes: { "2": 14, "5": 1 },
    connections: encrypted(2),
    buckets: { "1": 0, "5": 7.5, "10": 14.25, "20": 15, "+Inf": 15 },
  },
  { from: "bookbuyer/bookbuyer", cluster: V2, classes: { "2": 5 }, connections: encrypted(1) },
  { from: "bookstore/bookstore-v1", cluster: `${V1}|local`, classes: { "2": 14, "5": 1 } },
  {
    from: "bookwarehouse/bookwarehouse",
    cluster: "bookwarehouse/stockdb|6379",
    classes: { "2": 3 },
    connections: {
      openedTotal: 40,
      failedTotal: 0,
      handshakesTotal: 40,
      opened: 3,
      failed: 0,
      received: 100,
      sent: 20,
    },
  },
];

describe("buildTopology", () => {
  const topology = topologyOf(
    samplesOf(BUYING, [{ from: "bookthief/bookthief", to: "bookstore/bookstore", perSecond: 4 }]),
  );

  it("answers what the contract says", () => {
    expect(TopologySchema.parse(topology)).toEqual(topology);
  });

  it("draws HTTP calls with rate, errors, latency and encryption", () => {
    expect(edge(topology, "bookbuyer/bookbuyer", "bookstore/bookstore-v1")).toMatchObject({
      protocol: "http",
      requestsPerSecond: 15,
      errorRatio: 1 / 15,
      mtls: true,
      mtlsRatio: 1,
      latencyMs: { p50: 5, p95: 10 },
      denied: false,
      allowed: true,
      policies: ["bookstore/bookbuyer-to-bookstore-v1"],
    });
  });

  it("counts TCP by connections and bytes, whatever the tunnel's own requests say", () => {
    expect(edge(topology, "bookwarehouse/bookwarehouse", "bookwarehouse/stockdb")).toMatchObject({
      protocol: "tcp",
      requestsPerSecond: 3,
      bytesPerSecond: 120,
      errorRatio: 0,
      latencyMs: null,
      mtls: true,
    });
  });

  it("shows the share of a split beside what it asks for", () => {
    const shares = ["bookstore-v1", "bookstore-v2"].map((name) =>
      edge(topology, "bookbuyer/bookbuyer", `bookstore/${name}`),
    );
    expect(shares.map((one) => one?.splitShare)).toEqual([0.75, 0.25]);
    expect(shares.map((one) => one?.desiredShare)).toEqual([0.75, 0.25]);
    expect(shares[0]?.splitRoot).toBe("bookstore/service/bookstore");
    expect(node(topology, "bookstore/service/bookstore")?.split).toBe("bookstore/bookstore-split");
  });

  it("draws refused calls to the service that was called", () => {
    expect(edge(topology, "bookthief/bookthief", "bookstore/bookstore")).toMatchObject({
      denied: true,
      deniedPerSecond: 4,
      requestsPerSecond: 0,
      errorRatio: null,
      mtls: null,
      allowed: false,
    });
  });

  it("draws what policy allows and nobody calls, without the root whose calls go to backends", () => {
    const idle = topology.edges.filter((one) => one.allowed && one.requestsPerSecond === 0).map((one) => one.id);
    expect(idle).toEqual([
      "bookstore/deployment/bookstore-v1>bookwarehouse/service/bookwarehouse",
      "bookstore/deployment/bookstore-v2>bookwarehouse/service/bookwarehouse",
    ]);
  });

  it("knows its nodes", () => {
    expect(node(topology, "bookstore/deployment/bookstore-v1")).toMatchObject({
      kind: "deployment",
      version: "v1",
      meshed: true,
      identities: ["bookstore/bookstore-v1"],
      related: ["bookstore/service/bookstore", "bookstore/service/bookstore-v1"],
      pods: { ready: 1, total: 1 },
      protocol: "http",
      inPerSecond: 15,
      errorRatio: 1 / 15,
    });
    expect(node(topology, "bookstore/service/bookstore-v1")).toMatchObject({ inPerSecond: 15, pods: null });
    expect(node(topology, "bookbuyer/deployment/bookbuyer")).toMatchObject({ outPerSecond: 20, inPerSecond: 0 });
    expect(node(topology, "bookwarehouse/service/stockdb")?.protocol).toBe("tcp");
  });

  it("has every node and every allowed edge without metrics, and no figure", () => {
    const bare = topologyOf(NO_SAMPLES);
    expect(bare.nodes.map((one) => one.id)).toEqual(topology.nodes.map((one) => one.id));
    expect(bare.edges.every((one) => one.allowed && one.requestsPerSecond === 0 && one.mtls === null)).toBe(true);
    expect(bare.edges).toHaveLength(5);
  });

  it("allows everything and draws only what was used in permissive mode", () => {
    const permissive = topologyOf(samplesOf(BUYING), BOOKSTORE, "permissive");
    expect(permissive.edges).toHaveLength(3);
    expect(permissive.edges.every((one) => one.allowed && one.policies.length === 0)).toBe(true);
  });

  it("keeps what was called although no object says what it is", () => {
    const ends = topologyOf(samplesOf([{ from: "bookbuyer/old", cluster: "elsewhere/db|80", classes: { "2": 1 } }]));
    expect(node(ends, "bookbuyer/deployment/old")).toMatchObject({ meshed: true, pods: { ready: 0, total: 0 } });
    expect(node(ends, "elsewhere/service/db")).toMatchObject({ kind: "external", meshed: false });
  });

  it("shows a workload without a sidecar as outside the mesh", () => {
    const pods = BOOKSTORE.pods.map((pod) =>
      pod.metadata.name === "bookbuyer-0"
        ? { ...pod, metadata: { ...pod.metadata, labels: { app: "bookbuyer" } } }
        : pod,
    );
    expect(node(topologyOf(NO_SAMPLES, { ...BOOKSTORE, pods }), "bookbuyer/deployment/bookbuyer")?.meshed).toBe(false);
  });

  it("counts problems at the nodes they are about", () => {
    const broken = topologyOf(NO_SAMPLES, {
      ...BOOKSTORE,
      httpRouteGroups: BOOKSTORE.httpRouteGroups.slice(1),
    });
    expect(broken.problems.length).toBeGreaterThan(0);
    expect(node(broken, "bookstore/deployment/bookstore-v1")?.problems).toBe(1);
    expect(node(broken, "bookwarehouse/deployment/bookwarehouse")?.problems).toBe(0);
  });
});

describe("denied", () => {
  const thief = (traffic: Partial<Traffic>, refusals: Partial<Refusals>) =>
    edge(
      topologyOf(
        samplesOf(
          [{ from: "bookthief/bookthief", cluster: V1, ...traffic }],
          [{ from: "bookthief/bookthief", to: "bookstore/bookstore-v1", perSecond: 5, side: "server", ...refusals }],
        ),
      ),
      "bookthief/bookthief",
      "bookstore/bookstore-v1",
    );

  it("is when the called side refused everything, scraped a moment apart", () => {
    expect(thief({ classes: { "4": 5.3 } }, {})?.denied).toBe(true);
  });

  it("is not when some calls got through", () => {
    expect(thief({ classes: { "2": 1, "4": 5 } }, {})).toMatchObject({ denied: false, deniedPerSecond: 5 });
    expect(thief({ classes: { "4": 10 } }, {})?.denied).toBe(false);
  });
});

describe("encryption", () => {
  const ratio = (connections: Readonly<Record<string, number>>) =>
    edge(
      topologyOf(samplesOf([{ from: "bookbuyer/bookbuyer", cluster: V1, classes: { "2": 1 }, connections }])),
      "bookbuyer/bookbuyer",
      "bookstore/bookstore-v1",
    );

  it("is a share of the connections that came about", () => {
    expect(ratio({ openedTotal: 10, failedTotal: 2, handshakesTotal: 8 })).toMatchObject({ mtls: true, mtlsRatio: 1 });
    expect(ratio({ openedTotal: 10, failedTotal: 0, handshakesTotal: 5 })).toMatchObject({
      mtls: false,
      mtlsRatio: 0.5,
    });
    expect(ratio({ openedTotal: 3, failedTotal: 3, handshakesTotal: 0 })).toMatchObject({
      mtls: null,
      mtlsRatio: null,
    });
    expect(ratio({ openedTotal: 3, failedTotal: 0, handshakesTotal: 0, opened: 9 })?.mtls).toBe(false);
  });

  it("does not take a handshake under way for plaintext", () => {
    expect(ratio({ openedTotal: 100, failedTotal: 0, handshakesTotal: 99, opened: 5 })?.mtls).toBe(true);
    expect(ratio({ openedTotal: 100, failedTotal: 0, handshakesTotal: 99, opened: 0 })?.mtls).toBe(false);
  });
});

const workload = fc.constantFrom("bookbuyer/bookbuyer", "bookthief/bookthief", "bookstore/bookstore-v1", "lost/one");
const cluster = fc.constantFrom(V1, V2, "bookstore/bookstore|14001", "bookwarehouse/bookwarehouse|14001", "gone/db|1");
// Whole numbers add up exactly in any order.
const rate = fc.nat(1000);
const traffic = fc.record({ from: workload, cluster, classes: fc.record({ "2": rate, "4": rate, "5": rate }) });
const refusal = fc.record({
  from: workload,
  to: cluster.map((name) => name.split("|")[0] ?? ""),
  perSecond: rate,
  side: fc.constantFrom("client" as const, "server" as const),
});

describe("properties", () => {
  it("conserves totals, and shares of a split sum to 1", () => {
    fc.assert(
      fc.property(fc.array(traffic), fc.array(refusal), (calls, refusals) => {
        const topology = topologyOf(samplesOf(calls, refusals));
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        const sent = sum(calls.flatMap((one) => Object.values(one.classes)));
        expect(sum(topology.edges.map((one) => one.requestsPerSecond))).toBe(sent);
        expect(sum(topology.nodes.map((one) => one.outPerSecond))).toBe(sent);
        expect(sum(topology.nodes.map((one) => one.inPerSecond))).toBe(sent);
        expect(sum(topology.edges.map((one) => one.deniedPerSecond))).toBe(sum(refusals.map((one) => one.perSecond)));
        const shares = new Map<string, number>();
        for (const { source, splitShare } of topology.edges) {
          if (splitShare !== null) shares.set(source, (shares.get(source) ?? 0) + splitShare);
        }
        for (const share of shares.values()) expect(share).toBeCloseTo(1, 9);
        const ids = new Set(topology.nodes.map((one) => one.id));
        expect(topology.edges.every((one) => ids.has(one.source) && ids.has(one.target))).toBe(true);
      }),
    );
  });

  it("does not depend on the order of samples and objects, and changes neither", () => {
    fc.assert(
      fc.property(fc.array(traffic), fc.array(refusal), (calls, refusals) => {
        const samples = samplesOf(calls, refusals);
        const before = structuredClone(samples);
        const backwards = Object.fromEntries(
          Object.entries(samples).map(([name, rows]) => [name, [...rows].reverse()]),
        ) as unknown as MeshSamples;
        const objects = Object.fromEntries(
          Object.entries(BOOKSTORE).map(([name, list]) => [name, [...list].reverse()]),
        ) as unknown as MeshObjects;
        expect(topologyOf(backwards, objects)).toEqual(topologyOf(samples));
        expect(samples).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });
});
