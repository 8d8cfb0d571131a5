import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flowLayout, type Places } from "./flow";
import { fitZoom, READABLE_ZOOM } from "./room";

const folded = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `_/ns-${index}`, namespace: `_/ns-${index}` }));

/** Folded namespaces that call each other in cycles: a ring, and any other calls. */
const mesh = fc
  .record({
    count: fc.integer({ min: 10, max: 75 }),
    pairs: fc.array(fc.tuple(fc.nat(74), fc.nat(74)), { maxLength: 400 }),
  })
  .map(({ count, pairs }) => {
    const link = (from: number, to: number) => ({ from: `_/ns-${from % count}`, to: `_/ns-${to % count}` });
    return {
      nodes: folded(count),
      links: [...folded(count).map((_, at) => link(at, at + 1)), ...pairs.map(([from, to]) => link(from, to))],
    };
  });

/** The greatest box of a folded node with its name, around its centre. Model pixels. */
const BOX = { half: 52, top: 36, bottom: 74 };

function overlaps(places: Places, half: number): boolean {
  const points = [...places.values()];
  return points.some((a, at) =>
    points.slice(at + 1).some((b) => Math.abs(a.x - b.x) < 2 * half && Math.abs(a.y - b.y) < BOX.top + BOX.bottom),
  );
}

describe("10 to 75 folded namespaces that call each other in cycles", () => {
  test("fill a desk's view, near enough to be read, without overlap", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(mesh, ({ nodes, links }) => {
        const places = flowLayout(nodes, links);
        expect(fitZoom(places.values(), "wide")).toBeGreaterThanOrEqual(READABLE_ZOOM);
        expect(overlaps(places, BOX.half)).toBe(false);
        expect(flowLayout([...nodes].reverse(), [...links].reverse())).toEqual(places);
      }),
      { numRuns: 60 },
    );
  });

  test("are never further away on a phone than in plain lines, and do not overlap", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(mesh, ({ nodes, links }) => {
        const places = flowLayout(nodes, links, "tall");
        expect(fitZoom(places.values(), "tall")).toBeGreaterThanOrEqual(nodes.length > 20 ? 0.33 : 0.6);
        expect(overlaps(places, BOX.half)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

test("a broad row of namespaces is broken into lines by how broad they are, not by where their middles stand", () => {
  const chain = (namespace: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({ id: `${namespace}/${at}`, namespace }));
  const nodes = [...chain("a", 4), ...chain("b", 1), ...chain("c", 1), ...chain("d", 4)];
  const links = nodes.slice(1).map(({ id }, at) => ({ from: nodes[at]?.id ?? "", to: id }));
  expect(fitZoom(flowLayout(nodes, links).values(), "wide")).toBeGreaterThanOrEqual(READABLE_ZOOM);
});

test("a few namespaces stay in their ranks, callers left of callees", () => {
  const links = [
    { from: "_/ns-0", to: "_/ns-1" },
    { from: "_/ns-1", to: "_/ns-2" },
    { from: "_/ns-2", to: "_/ns-3" },
  ];
  const places = flowLayout(folded(4), links);
  for (const { from, to } of links) expect(places.get(from)?.x).toBeLessThan(places.get(to)?.x ?? 0);
  expect(new Set([...places.values()].map(({ y }) => y)).size).toBe(1);
});

test("those that call each other stand near each other", () => {
  // Six rings of five that know nothing of each other.
  const links = folded(30).map((_, at) => ({ from: `_/ns-${at}`, to: `_/ns-${at - (at % 5) + ((at + 1) % 5)}` }));
  const places = flowLayout(folded(30), [...links, ...links.map(({ from }) => ({ from, to: "_/ns-0" }))]);
  const apart = (a: string, b: string) => {
    const [p, q] = [places.get(a), places.get(b)];
    return Math.hypot((p?.x ?? 0) - (q?.x ?? 0), (p?.y ?? 0) - (q?.y ?? 0));
  };
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const all = folded(30).flatMap((a) => folded(30).map((b) => apart(a.id, b.id)));
  expect(mean(links.map(({ from, to }) => apart(from, to)))).toBeLessThan(0.6 * mean(all));
});

test("services of many namespaces in a chain are set in lines", () => {
  const nodes = Array.from({ length: 20 }, (_, index) => ({ id: `ns-${index}/a`, namespace: `ns-${index}` }));
  const links = nodes.slice(1).map(({ id }, index) => ({ from: nodes[index]?.id ?? "", to: id }));
  expect(fitZoom(flowLayout(nodes, links).values(), "wide")).toBeGreaterThan(0.6);
});
