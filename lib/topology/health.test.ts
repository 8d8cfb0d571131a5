import { describe, expect, it } from "vitest";
import { callEdge, serviceNode, workloadNode } from "@/test/fixtures/topology";
import { rankEdges, rankServices, ratioHealth } from "./health";
import { verdictOf } from "./verdict";

const BUYER = "bookbuyer/deployment/bookbuyer";
const id = (name: string) => `bookstore/service/${name}`;
const latency = (p99: number) => ({ p50: 1, p95: 2, p99 });
const NONE = new Map<string, number>();

it("has its thresholds at 1 and 10 percent", () => {
  expect([null, 0, 0.0099, 0.01, 0.0999, 0.1, 1].map(ratioHealth)).toEqual([
    ...["healthy", "healthy", "healthy"],
    ...["degraded", "degraded", "failing", "failing"],
  ]);
});

describe("edges", () => {
  it("stand by what they impair: failing, denied, degraded, well; idle ones are left out", () => {
    const edges = [
      callEdge(BUYER, id("well"), { requestsPerSecond: 900 }),
      callEdge(BUYER, id("idle"), { requestsPerSecond: 0, errorRatio: null }),
      callEdge(BUYER, id("denied"), { requestsPerSecond: 0, deniedPerSecond: 3, denied: true, errorRatio: null }),
      callEdge(BUYER, id("degraded"), { errorRatio: 0.05 }),
      callEdge(BUYER, id("failing"), { errorRatio: 0.2, requestsPerSecond: 1 }),
      callEdge(BUYER, id("failing-more"), { errorRatio: 0.12, requestsPerSecond: 24 }),
    ];
    const ranked = rankEdges(edges, NONE);
    expect(ranked.map(({ edge, status }) => [edge.target, status])).toEqual([
      [id("failing-more"), "failing"],
      [id("failing"), "failing"],
      [id("denied"), "denied"],
      [id("degraded"), "degraded"],
      [id("well"), "healthy"],
    ]);
    expect(ranked[0]?.reasons).toEqual(["fails 12 % of 24/s"]);
    expect(ranked[0]?.score).toBeCloseTo(2.88);
    expect(ranked[2]?.reasons).toEqual(["3/s refused"]);
    expect(ranked[2]?.score).toBeCloseTo(0.75);
  });

  it("are slow against their own past hour, by factor and by difference, and with calls enough", () => {
    const slow = callEdge(BUYER, id("slow"), { latencyMs: latency(420) });
    const usual = (p99: number) => rankEdges([slow], new Map([[slow.id, p99]]))[0];
    expect(usual(120)).toMatchObject({
      status: "degraded",
      score: 5,
      reasons: ["p99 420 ms, over the past hour 120 ms"],
    });
    expect(usual(211)).toMatchObject({ status: "healthy", score: 0, reasons: [] });
    const quick = { ...slow, latencyMs: latency(40) };
    expect(rankEdges([quick], new Map([[slow.id, 1]]))[0]?.status).toBe("healthy");
    const rare = { ...slow, requestsPerSecond: 0.1 };
    expect(rankEdges([rare], new Map([[slow.id, 120]]))[0]?.status).toBe("healthy");
  });
});

describe("services", () => {
  const nodes = [
    serviceNode("bookstore", "well"),
    workloadNode("bookstore", "well"),
    serviceNode("bookstore", "failing", { errorRatio: 0.12, inPerSecond: 24, problems: 1 }),
    workloadNode("bookstore", "failing"),
    serviceNode("bookstore", "down"),
    workloadNode("bookstore", "down", { pods: { ready: 0, total: 2 } }),
    serviceNode("bookstore", "partly"),
    workloadNode("bookstore", "partly", { pods: { ready: 1, total: 2 } }),
  ];
  const edges = [callEdge(BUYER, id("failing"), { requestsPerSecond: 24, errorRatio: 0.12 })];
  const ranked = rankServices({ nodes, edges }, NONE);

  it("say what is wrong in words, the worst first", () => {
    expect(ranked.map(({ node, status, reasons }) => [node.name, status, ...reasons])).toEqual([
      ["failing", "failing", "fails 12 % of 24/s", "has a problem"],
      ["down", "failing", "none of its 2 pods is ready"],
      ["partly", "degraded", "1 of its 2 pods ready"],
      ["well", "healthy"],
    ]);
  });

  it("come to one sentence", () => {
    expect(verdictOf(ranked, true)).toEqual({
      status: "failing",
      services: 4,
      needAttention: 3,
      text: "3 of 4 services need attention: failing fails 12 % of 24/s; down none of its 2 pods is ready; partly 1 of its 2 pods ready.",
    });
    expect(verdictOf(ranked.slice(2), true).text).toBe(
      "1 of 2 services needs attention: partly 1 of its 2 pods ready.",
    );
    expect(verdictOf(ranked.slice(3), true).text).toBe("The one service is well.");
    const refusing = ranked.slice(3).map((one) => ({ ...one, deniedPerSecond: 5 }));
    expect(verdictOf(refusing, true).text).toBe("The one service is well; policy refuses 5/s.");
    // Of a service without a pod nothing better is known.
    expect(verdictOf(ranked.slice(3), false).text).toBe(
      "No pod of the one service is unready; calls could not be measured.",
    );
    expect(verdictOf([], true)).toMatchObject({ status: "empty", services: 0 });
    const many = [...ranked.slice(0, 3), ...ranked.slice(0, 2)];
    expect(verdictOf(many, true).text).toMatch(/; and 2 more\.$/);
  });
});
