import fc from "fast-check";
import { expect, test } from "vitest";
import { flowLayout } from "./flow";
import { ranks, settle } from "./layered";
import { isAnotherPicture, placesBeside, withPinned } from "./place";

const node = (id: string) => ({ id, namespace: id.split("/")[0] ?? "" });
const nodes = ["buyer/a", "store/root", "store/v1", "store/v2", "house/h"].map(node);
const links = [
  { from: "buyer/a", to: "store/v1" },
  { from: "buyer/a", to: "store/v2" },
  { from: "store/root", to: "store/v1" },
  { from: "store/root", to: "store/v2" },
  { from: "store/v1", to: "house/h" },
];

test("callers stand left of callees", () => {
  const places = flowLayout(nodes, links);
  for (const { from, to } of links) expect(places.get(from)?.x).toBeLessThan(places.get(to)?.x ?? 0);
});

test("a cycle ends, and a long chain does not overflow", () => {
  expect([
    ...ranks(
      ["a", "b", "c"],
      [
        { from: "a", to: "b" },
        { from: "b", to: "c" },
        { from: "c", to: "a" },
      ],
    ).values(),
  ]).toEqual([0, 1, 2]);
  const chain = Array.from({ length: 5000 }, (_, index) => `n${String(index).padStart(5, "0")}`);
  const last = ranks(
    chain,
    chain.slice(1).map((to, index) => ({ from: chain[index] ?? "", to })),
  ).get("n04999");
  expect(last).toBe(4999);
});

const mesh = fc
  .record({
    count: fc.integer({ min: 1, max: 40 }),
    pairs: fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 80 }),
  })
  .map(({ count, pairs }) => {
    const all = Array.from({ length: count }, (_, index) => node(`ns${index % 5}/n${index}`));
    const id = (at: number) => all[at % count]?.id ?? "";
    return { all, joined: pairs.map(([from, to]) => ({ from: id(from), to: id(to) })) };
  });

test("every node has a place, no two the same, whatever the order of input", () => {
  fc.assert(
    fc.property(mesh, ({ all, joined }) => {
      const places = flowLayout(all, joined);
      expect(places.size).toBe(all.length);
      expect(new Set([...places.values()].map((point) => `${point.x},${point.y}`)).size).toBe(all.length);
      expect(flowLayout([...all].reverse(), [...joined].reverse())).toEqual(places);
    }),
  );
});

test("regions of namespaces do not overlap", () => {
  fc.assert(
    fc.property(mesh, ({ all, joined }) => {
      const places = flowLayout(all, joined);
      const boxes = [...new Set(all.map((each) => each.namespace))].map((namespace) => {
        const points = all.filter((each) => each.namespace === namespace).flatMap((each) => places.get(each.id) ?? []);
        const xs = points.map((point) => point.x);
        const ys = points.map((point) => point.y);
        return {
          left: Math.min(...xs) - 70,
          right: Math.max(...xs) + 70,
          top: Math.min(...ys) - 45,
          bottom: Math.max(...ys) + 45,
        };
      });
      for (const [index, a] of boxes.entries()) {
        for (const b of boxes.slice(index + 1)) {
          expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
        }
      }
    }),
  );
});

test("what has a place keeps it; a new node goes into free room of its namespace", () => {
  const kept = flowLayout(nodes, links);
  const more = [...nodes, node("store/v3")];
  const places = placesBeside(more, [...links, { from: "buyer/a", to: "store/v3" }], kept);
  for (const [id, point] of kept) expect(places.get(id)).toEqual(point);
  const others = [...kept.values()].map((point) => `${point.x},${point.y}`);
  const added = places.get("store/v3");
  expect(others).not.toContain(`${added?.x},${added?.y}`);
});

test("what is gone has no place any more; another mesh is another picture", () => {
  const kept = flowLayout(nodes, links);
  expect(placesBeside(nodes.slice(1), links, kept).has("buyer/a")).toBe(false);
  expect(isAnotherPicture([...nodes, node("store/v3")], kept)).toBe(false);
  expect(isAnotherPicture(["x/1", "x/2"].map(node), kept)).toBe(true);
});

test("pinned nodes stay where they were put, and nothing is laid under them", () => {
  const laid = flowLayout(nodes, links);
  const under = laid.get("store/v1") ?? { x: 0, y: 0 };
  const places = withPinned(laid, new Map([["buyer/a", { x: under.x + 10, y: under.y }]]));
  expect(places.get("buyer/a")).toEqual({ x: under.x + 10, y: under.y });
  expect(places.get("store/v1")).not.toEqual(under);
  expect(places.get("house/h")).toEqual(laid.get("house/h"));
  expect(places.size).toBe(laid.size);
});

test("spans settle near their wishes without overlap", () => {
  expect(
    settle(
      [
        { size: 10, wanted: 0 },
        { size: 10, wanted: 100 },
      ],
      5,
    ),
  ).toEqual([0, 100]);
  expect(
    settle(
      [
        { size: 10, wanted: 50 },
        { size: 10, wanted: 50 },
      ],
      5,
    ),
  ).toEqual([42.5, 57.5]);
});

test("on a phone namespaces stand in lines from top to bottom", () => {
  const places = flowLayout(nodes, links, "tall");
  const extent = (axis: "x" | "y") => {
    const values = [...places.values()].map((point) => point[axis]);
    return Math.max(...values) - Math.min(...values);
  };
  expect(extent("y")).toBeGreaterThan(extent("x"));
  expect(places.get("buyer/a")?.y).toBeLessThan(places.get("house/h")?.y ?? 0);
});
