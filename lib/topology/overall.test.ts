import { expect, it } from "vitest";
import { callEdge } from "@/test/fixtures/topology";
import { samplesOf } from "@/test/support/mesh-samples";
import { overallCalls, overallP99 } from "./overall";
import { usualP99 } from "./usual";

const BUYER = "bookbuyer/deployment/bookbuyer";

it("adds calls up, and weighs shares by how many calls they are of", () => {
  const edges = [
    callEdge(BUYER, "a/service/a", { requestsPerSecond: 30, errorRatio: 0.1 }),
    callEdge(BUYER, "b/service/b", { requestsPerSecond: 10, mtlsRatio: 0.5, mtls: false }),
    callEdge(BUYER, "c/service/c", { requestsPerSecond: 0, errorRatio: null, mtlsRatio: null, deniedPerSecond: 2 }),
  ];
  expect(overallCalls(edges)).toEqual({
    requestsPerSecond: 40,
    successRatio: 0.925,
    deniedPerSecond: 2,
    encryptedShare: 0.875,
    plaintextEdges: 1,
  });
  expect(overallCalls([])).toMatchObject({ requestsPerSecond: 0, successRatio: null, encryptedShare: null });
});

it("takes percentiles over all calls, not over percentiles", () => {
  const { latency } = samplesOf([
    { from: "bookbuyer/bookbuyer", cluster: "bookstore/a|80", buckets: { "10": 98, "50": 98, "100": 98, "+Inf": 98 } },
    { from: "bookthief/bookthief", cluster: "bookstore/b|80", buckets: { "10": 0, "50": 1, "100": 2, "+Inf": 2 } },
    { from: "bookstore/a", cluster: "bookstore/a|80|local", buckets: { "10": 0, "50": 0, "100": 900, "+Inf": 900 } },
  ]);
  expect(overallP99(latency, null)).toBeCloseTo(50);
  expect(overallP99(latency, new Set(["bookbuyer"]))).toBeCloseTo(9.9);
  expect(overallP99(latency, new Set(["elsewhere"]))).toBeNull();
  const usual = usualP99(latency, () => "http");
  expect([...usual.keys()]).toEqual([
    "bookbuyer/deployment/bookbuyer>bookstore/service/a",
    "bookthief/deployment/bookthief>bookstore/service/b",
  ]);
});
