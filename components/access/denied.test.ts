import { describe, expect, it } from "vitest";
import type { Access, AccessCell } from "@/lib/contract/access";
import { deniedPairs, stepAmong } from "./denied";

const cell = (source: string, destination: string, deniedPerSecond: number): AccessCell => ({
  ...{ source, destination, state: deniedPerSecond > 0 ? "denied" : "used", requestsPerSecond: 1, deniedPerSecond },
  ...{ policies: [], routes: [] },
});
const account = (key: string) => ({ key, namespace: "a", serviceAccount: key, spiffeId: "", workloads: [] });
const service = (key: string) => ({
  ...{ key, namespace: "a", name: key, protocol: "http" as const, identities: [], split: null },
});
const access: Access = {
  ...{ at: 0, windowSeconds: 60, policyMode: "smi", policies: [], problems: [], partial: [] },
  identities: [account("a/x"), account("a/y10"), account("a/y2")],
  destinations: [service("a/p"), service("a/q")],
  cells: [
    cell("a/x", "a/p", 1),
    cell("a/x", "a/q", 0),
    cell("a/y10", "a/p", 5),
    cell("a/y2", "a/p", 5),
    cell("a/gone", "a/p", 9),
  ],
};
const all = { sources: "", destinations: "", show: "all" as const, alsoIdle: false, namespaces: null };

describe("denied pairs", () => {
  it("are the cells with refused calls, the most refused first, and none that the matrix cannot show", () => {
    const pairs = deniedPairs(access, all).map(({ source, destination }) => `${source}>${destination}`);
    expect(pairs).toEqual(["a/y2>a/p", "a/y10>a/p", "a/x>a/p"]);
    expect(deniedPairs(access, { ...all, sources: "x" })).toHaveLength(1);
  });

  it("are gone through in the order one reads, from wherever one is, and round", () => {
    const places = [
      { row: 0, column: 7 },
      { row: 2, column: 1 },
      { row: 2, column: 5 },
    ];
    expect(stepAmong(places, null, 1)).toBe(0);
    expect(stepAmong(places, null, -1)).toBe(2);
    expect(stepAmong(places, { row: 0, column: 7 }, 1)).toBe(1);
    expect(stepAmong(places, { row: 2, column: 3 }, 1)).toBe(2);
    expect(stepAmong(places, { row: 2, column: 3 }, -1)).toBe(1);
    expect(stepAmong(places, { row: 2, column: 5 }, 1)).toBe(0);
    expect(stepAmong(places, { row: 0, column: 0 }, -1)).toBe(2);
    expect(stepAmong([], null, 1)).toBe(-1);
    expect(stepAmong([], { row: 0, column: 0 }, -1)).toBe(-1);
  });
});
