import { expect, test } from "vitest";
import type { Topology, TopologyEdge, TopologyNode } from "@/lib/contract/topology";
import { serviceRows } from "./service-rows";

const node = (id: string, over: Partial<TopologyNode> = {}): TopologyNode => {
  const [namespace = "", kind = "", name = ""] = id.split("/");
  return {
    id,
    kind,
    namespace,
    name,
    meshed: true,
    version: null,
    identities: [],
    related: [],
    pods: null,
    split: null,
    protocol: "http",
    inPerSecond: 0,
    outPerSecond: 0,
    errorRatio: null,
    problems: 0,
    ...over,
  };
};

const edge = (source: string, target: string, over: Partial<TopologyEdge> = {}): TopologyEdge => ({
  id: `${source}>${target}`,
  source,
  target,
  protocol: "http",
  requestsPerSecond: 1,
  bytesPerSecond: null,
  errorRatio: 0,
  deniedPerSecond: 0,
  denied: false,
  mtlsRatio: 1,
  mtls: true,
  latencyMs: null,
  splitShare: null,
  desiredShare: null,
  splitRoot: null,
  allowed: true,
  policies: [],
  ...over,
});

const topology = (nodes: TopologyNode[], edges: TopologyEdge[]): Topology => ({
  at: 0,
  windowSeconds: 60,
  policyMode: "smi",
  nodes,
  edges,
  queries: { count: 0, ms: 0 },
  problems: [],
  partial: [],
});

const latency = (p99: number | null) => ({ p50: null, p95: null, p99 });

test("a service is told by its callers and its workloads", () => {
  const store = node("b/service/store", {
    related: ["b/deployment/v2", "b/deployment/v1"],
    inPerSecond: 5,
    errorRatio: 0.1,
  });
  const rows = serviceRows(
    topology(
      [
        store,
        node("b/deployment/v1", { version: "v1", outPerSecond: 2 }),
        node("b/deployment/v2", { version: "v2", outPerSecond: 3 }),
      ],
      [
        edge("a/deployment/x", store.id, { latencyMs: latency(12) }),
        edge("a/deployment/y", store.id, { latencyMs: latency(40), mtlsRatio: 0.5, deniedPerSecond: 2 }),
        edge("b/deployment/v1", "c/service/other", { latencyMs: latency(900) }),
      ],
    ),
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    key: "b/store",
    versions: ["v1", "v2"],
    requestsPerSecond: 5,
    successRatio: 0.9,
    worstP99Ms: 40,
    deniedPerSecond: 2,
    encrypted: false,
    outPerSecond: 5,
  });
});

test("what is not known stays unknown", () => {
  const [row] = serviceRows(topology([node("b/service/idle", { related: ["b/deployment/gone"] })], []));
  expect(row).toMatchObject({ successRatio: null, worstP99Ms: null, encrypted: null, versions: [], outPerSecond: 0 });
});

test("sorted by namespace and name", () => {
  const rows = serviceRows(topology([node("b/service/a"), node("a/service/z")], []));
  expect(rows.map((row) => row.key)).toEqual(["a/z", "b/a"]);
});

test("the root of a split is called by those who reach its backends", () => {
  const root = node("b/service/store");
  const v1 = node("b/service/v1", { inPerSecond: 4, errorRatio: 0 });
  const call = edge("a/deployment/x", v1.id, { splitRoot: root.id, requestsPerSecond: 4, errorRatio: 0.5 });
  const [first, second] = serviceRows(topology([root, v1], [call]));
  expect(first).toMatchObject({ key: "b/store", requestsPerSecond: 4, successRatio: 0.5, status: "failing" });
  expect(first?.answeredBy).toEqual(["b/v1"]);
  expect(second).toMatchObject({ key: "b/v1", requestsPerSecond: 4 });
});

test("one that only calls others is not idle", () => {
  const lone = node("b/service/caller", { related: ["b/deployment/caller"] });
  const [row] = serviceRows(topology([lone, node("b/deployment/caller", { outPerSecond: 3 })], []));
  expect(row?.status).toBe("healthy");
});
