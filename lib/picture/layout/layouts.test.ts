import fc from "fast-check";
import { expect, test } from "vitest";
import { LAYOUTS } from "./layout-name";
import { layOut } from "./layouts";

const node = (id: string) => ({ id, namespace: id.split("/")[0] ?? "" });
const mesh = fc
  .record({
    count: fc.integer({ min: 1, max: 40 }),
    pairs: fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 80 }),
  })
  .map(({ count, pairs }) => {
    const nodes = Array.from({ length: count }, (_, index) => node(`ns${index % 5}/n${index}`));
    const id = (at: number) => nodes[at % count]?.id ?? "";
    return { nodes, links: pairs.map(([from, to]) => ({ from: id(from), to: id(to) })) };
  });

for (const { value: layout } of LAYOUTS) {
  // Eighty simulations: more than the usual time where other things are at work.
  test(`${layout}: every node has a place of its own, whatever the order of input`, { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(mesh, ({ nodes, links }) => {
        const input = { layout, nodes, links, orientation: "wide", centre: null } as const;
        const places = layOut(input);
        expect(places.size).toBe(nodes.length);
        const points = [...places.values()];
        expect(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
        expect(new Set(points.map(({ x, y }) => `${x},${y}`)).size).toBe(nodes.length);
        const turned = layOut({ ...input, nodes: [...nodes].reverse(), links: [...links].reverse() });
        expect(new Map([...turned].sort())).toEqual(new Map([...places].sort()));
      }),
      { numRuns: 40 },
    );
  });
}

test("force: nodes of one namespace stand together, apart from those of another", () => {
  const nodes = Array.from({ length: 40 }, (_, index) => node(`ns${index % 4}/n${index}`));
  const links = nodes.map(({ id }, index) => ({ from: id, to: nodes[(index * 7 + 3) % 40]?.id ?? "" }));
  const places = layOut({ layout: "force", nodes, links, orientation: "wide", centre: null });
  const boxes = [0, 1, 2, 3].map((group) => {
    const points = nodes.filter((each) => each.namespace === `ns${group}`).flatMap(({ id }) => places.get(id) ?? []);
    const xs = points.map(({ x }) => x);
    const ys = points.map(({ y }) => y);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  });
  boxes.forEach((a, at) => {
    for (const b of boxes.slice(at + 1)) {
      expect(a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top).toBe(true);
    }
  });
});

test("radial: what is called stands further out than what calls; a chosen centre is in the middle", () => {
  const nodes = ["a/in", "b/mid1", "b/mid2", "c/out"].map(node);
  const links = [
    { from: "a/in", to: "b/mid1" },
    { from: "a/in", to: "b/mid2" },
    { from: "b/mid1", to: "c/out" },
  ];
  const radius = (centre: string | null, id: string) => {
    const place = layOut({ layout: "radial", nodes, links, orientation: "wide", centre }).get(id);
    return Math.round(Math.hypot(place?.x ?? Number.NaN, place?.y ?? Number.NaN));
  };
  expect(radius(null, "a/in")).toBe(0);
  expect(radius(null, "b/mid1")).toBeLessThan(radius(null, "c/out"));
  expect(radius("c/out", "c/out")).toBe(0);
  expect(radius("c/out", "b/mid2")).toBeGreaterThan(radius("c/out", "b/mid1"));
});

test("radial: a mean of angles does not depend on the order of the links", () => {
  const nodes = Array.from({ length: 24 }, (_, index) => node(`ns${index % 5}/n${index}`));
  const links = [
    { from: "ns1/n6", to: "ns0/n15" },
    { from: "ns0/n5", to: "ns0/n15" },
    { from: "ns1/n1", to: "ns2/n7" },
    { from: "ns3/n8", to: "ns0/n0" },
    { from: "ns0/n10", to: "ns0/n15" },
    { from: "ns2/n2", to: "ns0/n0" },
  ];
  const input = { layout: "radial", nodes, orientation: "wide", centre: null } as const;
  expect(layOut({ ...input, links: [...links].reverse() })).toEqual(layOut({ ...input, links }));
});
