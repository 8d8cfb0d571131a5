import { expect, test } from "vitest";
import { encryptedByNamespace, encryptedShare, flowsOf } from "./flows";

const edge = (source: string, target: string, requestsPerSecond: number, mtlsRatio: number | null) => ({
  source: `${source}/deployment/a`,
  target: `${target}/service/b`,
  requestsPerSecond,
  deniedPerSecond: 0,
  mtlsRatio,
});

test("the encrypted share weighs by calls and leaves out what never connected", () => {
  expect(encryptedShare([edge("a", "b", 9, 1), edge("a", "b", 1, 0), edge("a", "b", 90, null)])).toBeCloseTo(0.9);
  expect(encryptedShare([edge("a", "b", 5, null)])).toBeNull();
});

test("edges are added up by namespaces, idle ones left out", () => {
  const flows = flowsOf([
    edge("shop", "stock", 2, 1),
    edge("shop", "stock", 2, 0.5),
    edge("alley", "shop", 0, null),
    { ...edge("alley", "stock", 0, null), deniedPerSecond: 3 },
  ]);
  expect(flows).toEqual([
    {
      source: "alley",
      target: "stock",
      edges: 1,
      plaintextEdges: 0,
      requestsPerSecond: 0,
      deniedPerSecond: 3,
      encryptedShare: null,
    },
    {
      source: "shop",
      target: "stock",
      edges: 2,
      plaintextEdges: 1,
      requestsPerSecond: 4,
      deniedPerSecond: 0,
      encryptedShare: 0.75,
    },
  ]);
});

test("a namespace's share counts calls from it and to it, each once", () => {
  const edges = [edge("shop", "shop", 1, 1), edge("shop", "stock", 3, 0), edge("idle", "idle", 0, null)];
  expect([...encryptedByNamespace(edges)]).toEqual([
    ["shop", 0.25],
    ["stock", 0],
  ]);
});
