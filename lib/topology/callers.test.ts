import { expect, it } from "vitest";
import { callEdge, serviceNode } from "@/test/fixtures/topology";
import { callsOf, edgesByCalled, failedShare, refusedOf, serviceStatus, worstP99 } from "./callers";

const BUYER = "bookbuyer/deployment/bookbuyer";
const root = serviceNode("bookstore", "bookstore");
const v1 = serviceNode("bookstore", "bookstore-v1", { inPerSecond: 30, errorRatio: 0.2 });
const v2 = serviceNode("bookstore", "bookstore-v2", { inPerSecond: 10, errorRatio: 0 });
const latency = (p99: number) => ({ p50: 1, p95: 2, p99 });
const edges = [
  callEdge(BUYER, v1.id, { splitRoot: root.id, requestsPerSecond: 30, errorRatio: 0.2, latencyMs: latency(40) }),
  callEdge(BUYER, v2.id, { splitRoot: root.id, requestsPerSecond: 10, latencyMs: latency(90) }),
  callEdge("bookthief/deployment/bookthief", root.id, {
    requestsPerSecond: 0,
    errorRatio: null,
    latencyMs: null,
    deniedPerSecond: 5,
  }),
];
const callersOf = (id: string) => edgesByCalled(edges).get(id) ?? [];

it("counts calls of a split for its root too, so that every page says the same of it", () => {
  const callers = callersOf(root.id);
  expect(callers).toHaveLength(3);
  expect(callsOf(root, callers)).toBe(40);
  expect(failedShare(root, callers)).toBeCloseTo(0.15);
  expect(worstP99(callers)).toBe(90);
  expect(refusedOf(callers)).toBe(5);
  expect(serviceStatus({ node: root, callers, outPerSecond: 0 })).toBe("failing");
});

it("counts each backend's own", () => {
  expect(callsOf(v2, callersOf(v2.id))).toBe(10);
  expect(serviceStatus({ node: v2, callers: callersOf(v2.id), outPerSecond: 0 })).toBe("healthy");
});

it("tells failing, degraded, denied, healthy and idle apart", () => {
  const of = (more: Partial<typeof v2>, callers: typeof edges = [], outPerSecond = 0) =>
    serviceStatus({ node: { ...v2, inPerSecond: 0, errorRatio: null, ...more }, callers, outPerSecond });
  expect(of({})).toBe("idle");
  expect(of({}, [], 3)).toBe("healthy");
  expect(of({ inPerSecond: 1 })).toBe("healthy");
  expect(of({ problems: 1 })).toBe("degraded");
  expect(of({}, edges.slice(2))).toBe("denied");
  expect(of({ errorRatio: 0.02 }, edges.slice(2))).toBe("degraded");
});

it("knows nothing of a service nobody called", () => {
  expect(failedShare(root, [])).toBeNull();
  expect(worstP99([])).toBeNull();
  expect(callsOf({ inPerSecond: 3 }, [])).toBe(3);
});
