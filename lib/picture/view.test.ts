import fc from "fast-check";
import { expect, test } from "vitest";
import { foldedNode } from "@/test/fixtures/folded-picture";
import { bookstorePicture } from "@/test/fixtures/picture";
import { edgeAt, nodeAt } from "./hit";
import { flowLayout } from "./layout/flow";
import { layoutLinks, layoutNodes } from "./layout/input";
import { EDGE_LOOKS, lookOf, NODE_LOOKS } from "./look";
import { emptyLine, pointOn, sceneOf, traceLine, withPicture } from "./scene";
import { shadeOf } from "./shade";
import { fitView, revealedView, seenBox, standIn, toModel, zoomedView } from "./viewport";

const picture = bookstorePicture();
const places = flowLayout(layoutNodes(picture), layoutLinks(picture));
const scene = sceneOf(picture, places);
const look = lookOf(picture, null, scene.indexOf);
const drawn = { scene, look };
const edgeIndex = (from: string, to: string) =>
  picture.edges.findIndex((edge) => edge.from.endsWith(`/${from}`) && edge.to.endsWith(`/${to}`));

test("a node is hit on its outline, an edge along its line, the ground nowhere", () => {
  for (const { id } of picture.nodes) {
    const place = places.get(id) ?? { x: 0, y: 0 };
    expect(nodeAt(drawn, place, 0)).toBe(id);
  }
  const line = emptyLine();
  picture.edges.forEach(({ id }, index) => {
    if (!traceLine(scene, look, index, line)) throw new Error(`${id} has no line`);
    for (const t of [0.3, 0.5, 0.7]) expect(edgeAt(drawn, pointOn(line, t), 7)).toBe(id);
  });
  expect(edgeAt(drawn, { x: -5000, y: 0 }, 7)).toBeNull();
});

test("a line from beneath ends below the second line of a name where it is long enough", () => {
  const ends = [foldedNode("upper", { failing: 1 }), foldedNode("lower")] as const;
  const calls = {
    nodes: ends,
    edges: [{ id: "call", from: ends[1].id, to: ends[0].id, kind: "call", edge: null }],
  } as const;
  const reached = (apart: number) => {
    const at = sceneOf(
      calls,
      new Map([
        [ends[0].id, { x: 0, y: 0 }],
        [ends[1].id, { x: 0, y: apart }],
      ]),
    );
    const line = emptyLine();
    expect(traceLine(at, lookOf(calls, null, at.indexOf), 0, line)).toBe(true);
    return line.y2;
  };
  expect(reached(300) - reached(120)).toBe(18);
});

test("states are columns in the order they are drawn, the gravest last", () => {
  const denied = edgeIndex("bookthief", "bookstore");
  expect(EDGE_LOOKS[look.edgeLook[denied] ?? 0]).toBe("denied");
  expect(look.order.at(-1)).toBe(denied);
  expect([...look.order].sort((a, b) => a - b)).toEqual(picture.edges.map((_, index) => index));
  const degraded = picture.nodes.findIndex((node) => node.name === "bookstore-v2" && node.shape === "workload");
  expect(NODE_LOOKS[look.nodeLook[degraded] ?? 0]).toBe("degraded");
});

test("a refresh keeps places; another structure does not", () => {
  const later = { ...picture, nodes: picture.nodes.map((node) => ({ ...node })) };
  expect(withPicture(scene, later)?.x).toBe(scene.x);
  expect(withPicture(scene, later)?.picture).toBe(later);
  expect(withPicture(scene, { ...picture, nodes: picture.nodes.slice(1) })).toBeNull();
  const grouped = { ...picture, nodes: picture.nodes.map((node) => ({ ...node, group: "all" })) };
  expect(withPicture(scene, grouped)).toBeNull();
});

test("a selection leaves its edges and their other ends, a search what it found", () => {
  const edge = picture.edges[edgeIndex("bookthief", "bookstore")];
  const shade = shadeOf(scene, { found: null, centre: edge?.from ?? "" });
  expect(shade?.nodes.filter((dim) => dim === 0).length).toBe(2);
  expect(shade?.edges.filter((dim) => dim === 0).length).toBe(1);
  expect(shadeOf(scene, { found: null, centre: edge?.id ?? "" })).toEqual(shade);
  expect(shadeOf(scene, { found: null, centre: "gone" })).toBeNull();
  const found = { nodes: new Set([picture.nodes[0]?.id ?? ""]), edges: new Set<string>() };
  expect(shadeOf(scene, { found, centre: edge?.id ?? "" })?.nodes.indexOf(0)).toBe(0);
});

const view = fc.record({
  zoom: fc.double({ min: 0.1, max: 2, noNaN: true }),
  x: fc.double({ min: -2000, max: 2000, noNaN: true }),
  y: fc.double({ min: -2000, max: 2000, noNaN: true }),
  width: fc.integer({ min: 200, max: 2000 }),
  height: fc.integer({ min: 200, max: 2000 }),
});
const point = fc.record({ x: fc.integer({ min: 0, max: 2000 }), y: fc.integer({ min: 0, max: 2000 }) });

test("zooming leaves the point under the pointer where it is", () => {
  fc.assert(
    fc.property(view, point, fc.double({ min: 0.2, max: 5, noNaN: true }), (from, at, factor) => {
      const before = toModel(from, at);
      const after = toModel(zoomedView(from, factor, at), at);
      expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(
        1e-6 * (1 + Math.hypot(before.x, before.y)),
      );
    }),
  );
});

test("a drawing moved to stand in for another view shows each point where that view has it", () => {
  fc.assert(
    fc.property(view, view, point, (drawnFor, wanted, model) => {
      const { x, y, scale } = standIn(drawnFor, wanted);
      const onBitmap = { x: model.x * drawnFor.zoom + drawnFor.x, y: model.y * drawnFor.zoom + drawnFor.y };
      expect(onBitmap.x * scale + x).toBeCloseTo(model.x * wanted.zoom + wanted.x, 5);
      expect(onBitmap.y * scale + y).toBeCloseTo(model.y * wanted.zoom + wanted.y, 5);
    }),
  );
});

test("what is beneath a panel or out of view comes into the middle of what is free; what is well within stays", () => {
  const view = { zoom: 0.5, x: 0, y: 0, width: 390, height: 580 };
  expect(revealedView(view, { x: 300, y: 200 }, 580)).toBe(view);
  expect(revealedView(view, { x: 300, y: 1000 }, 110)).toEqual({ ...view, x: 45, y: -445 });
  expect(revealedView(view, { x: -900, y: 200 }, 580)).toEqual({ ...view, x: 645, y: 190 });
  expect(revealedView(view, { x: 300, y: 1000 }, 10)).toBe(view);
});

test("what is fitted is seen whole", () => {
  const box = { left: -300, right: 900, top: 10, bottom: 700 };
  for (const size of [
    { width: 1200, height: 800 },
    { width: 390, height: 600 },
  ]) {
    const seen = seenBox(fitView(box, size));
    expect(seen.left).toBeLessThan(box.left);
    expect(seen.right).toBeGreaterThan(box.right);
    expect(seen.top).toBeLessThan(box.top);
    expect(seen.bottom).toBeGreaterThan(box.bottom);
  }
});
