import { describe, expect, it } from "vitest";
import type { Matrix } from "./matrix";
import { inSight, layOut, placeOf } from "./matrix-layout";

const row = (key: string) => ({ key, namespace: "ns", serviceAccount: key, spiffeId: "", workloads: [] });
const column = (namespace: string, name: string, split: string | null = null) => ({
  ...{ key: `${namespace}/${name}`, namespace, name, protocol: "http" as const, identities: [], split },
});
const matrix: Matrix = {
  rows: [{ namespace: "ns", items: [row("ns/a"), row("ns/a-much-longer-name-than-that")] }],
  columns: [
    { namespace: "a-namespace-with-a-long-name", items: [column("a-namespace-with-a-long-name", "x")] },
    { namespace: "b", items: [column("b", "short"), column("b", "somewhat-longer-name", "b/split")] },
    { namespace: "c", items: [column("c", "w".repeat(60))] },
  ],
  cell: () => null,
};

describe("the layout of the matrix", () => {
  const layout = layOut(matrix, null);
  const widths = layout.columnEdges.slice(1).map((edge, index) => edge - (layout.columnEdges[index] ?? 0));

  it("has a column as wide as its name or its namespace's, within limits", () => {
    const [namespaced = 0, short = 0, longer = 0, endless = 0] = widths;
    expect(short).toBe(72);
    expect(namespaced).toBeGreaterThan(150);
    expect(longer).toBeGreaterThan(150);
    expect(endless).toBe(220);
    expect(layout.namesPx).toBeGreaterThan(200);
    expect(layout.stackedNamesPx).toBe(144);
  });

  it("has rows of one height, and groups that say which columns are theirs", () => {
    expect(layout.rowEdges).toEqual([0, 32, 64]);
    expect(layout.groups.map(({ first, count }) => [first, count])).toEqual([
      [0, 1],
      [1, 2],
      [3, 1],
    ]);
  });
});

describe("the layout where names abreast have no room", () => {
  const many: Matrix = {
    ...matrix,
    columns: [
      { namespace: "n", items: Array.from({ length: 30 }, (_, index) => column("n", `some-service-${index}`)) },
      { namespace: "a-namespace-with-a-long-name", items: [column("a-namespace-with-a-long-name", "x")] },
    ],
  };

  it("has them upright, so that many more columns are seen at once, and a header as high as the longest of them", () => {
    const [abreast, upright] = [layOut(many, 10_000), layOut(many, 1_200)];
    expect([abreast.upright, abreast.headerPx]).toEqual([false, 60]);
    expect([upright.upright, upright.columnEdges[1], upright.columnEdges[31]]).toEqual([true, 60, 30 * 60 + 112]);
    expect(upright.columnNamesPx).toBeGreaterThan(100);
    expect(upright.headerPx).toBe(28 + upright.columnNamesPx);
    expect(layOut(matrix, 1_000).upright).toBe(false);
  });

  it("knows where the cell of a key lies", () => {
    expect(placeOf(layOut(many, null), "ns/a>n/some-service-3")).toEqual({ row: 0, column: 3 });
    for (const key of [null, "ns/a>n/other", "ns/other>n/some-service-3"])
      expect(placeOf(layOut(many, null), key)).toBeNull();
  });
});

describe("what is in sight", () => {
  const edges = Array.from({ length: 1001 }, (_, index) => index * 32);

  it("is what lies between two places, whole or in part", () => {
    expect(inSight(edges, [100, 190], 3)).toEqual([3, 4, 5]);
    expect(inSight(edges, [-160, 40], 0)).toEqual([0, 1]);
    expect(inSight(edges, [31_990, 40_000], 999)).toEqual([999]);
  });

  it("keeps what has the focus, before or after", () => {
    expect(inSight(edges, [100, 190], 0)).toEqual([0, 3, 4, 5]);
    expect(inSight(edges, [100, 190], 999)).toEqual([3, 4, 5, 999]);
  });

  it("is nothing where there is nothing", () => {
    expect(inSight([0], [0, 640], 0)).toEqual([]);
  });

  it("stays small however much there is", () => {
    expect(inSight(edges, [16_000, 16_640], 16_100 / 32).length).toBeLessThan(25);
  });
});
