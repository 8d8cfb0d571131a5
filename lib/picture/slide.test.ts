import { expect, test } from "vitest";
import { foldedNode, foldedPicture } from "@/test/fixtures/folded-picture";
import type { DrawnNode, DrawnPicture } from "./picture";
import { sceneOf } from "./scene";
import { slideOf, slidTo } from "./slide";

const service = (name: string, group = "shop"): DrawnNode => ({
  ...foldedNode(name),
  id: `${group}/service/${name}`,
  namespace: group,
  shape: "service",
  group,
  folded: null,
});
const at = (places: Readonly<Record<string, readonly [number, number]>>) =>
  new Map(Object.entries(places).map(([id, [x, y]]) => [id, { x, y }]));
const picture = (nodes: readonly DrawnNode[], calls: readonly (readonly [string, string])[] = []): DrawnPicture => ({
  nodes,
  edges: calls.map(([from, to]) => ({ id: `${from}>${to}`, from, to, kind: "backs", edge: null })),
});

const [a, b, c] = [service("a"), service("b"), service("c")];
const before = sceneOf(picture([a, b]), at({ [a.id]: [0, 0], [b.id]: [200, 0] }));

test("what is new comes out of its neighbour; nothing else moves", () => {
  const after = sceneOf(
    picture([a, b, c], [[c.id, b.id]]),
    at({ [a.id]: [0, 0], [b.id]: [200, 0], [c.id]: [200, 104] }),
  );
  const slide = slideOf(before, after);
  if (!slide) throw new Error("nothing slides");
  expect([...slidTo(slide, 0).y]).toEqual([0, 0, 0]);
  expect([...slide.scene.x]).toEqual([0, 200, 200]);
  const half = slidTo(slide, 0.5).y[2] ?? 0;
  expect(half).toBeGreaterThan(52);
  expect(half).toBeLessThan(104);
  expect([...slidTo(slide, 1).y]).toEqual([...after.y]);
  // The scene that is hit and fitted is at its end from the beginning.
  expect(after.y[2]).toBe(104);
});

test("what calls nothing yet comes out of the nearest of its namespace", () => {
  const after = sceneOf(picture([a, b, c]), at({ [a.id]: [0, 0], [b.id]: [200, 0], [c.id]: [200, 104] }));
  const slide = slideOf(before, after);
  expect(slide && [...slidTo(slide, 0).x]).toEqual([0, 200, 200]);
  expect(slide && [...slide.scene.y]).toEqual([0, 0, 0]);
});

test("where nothing is new nothing slides, nor where nothing new has a neighbour", () => {
  expect(slideOf(before, sceneOf(picture([a, b]), at({ [a.id]: [0, 0], [b.id]: [200, 0] })))).toBeNull();
  const stranger = service("d", "elsewhere");
  const alone = sceneOf(picture([a, b, stranger]), at({ [a.id]: [0, 0], [b.id]: [200, 0], [stranger.id]: [9, 9] }));
  expect(slideOf(before, alone)).toBeNull();
  expect(slideOf(sceneOf(picture([]), new Map()), alone)).toBeNull();
});

test("a group opens out of where it was folded, and what makes room moves from where it was; folded again it goes back", () => {
  const other = foldedNode("other");
  const folded = sceneOf(picture([foldedNode("shop"), other]), at({ "_/shop": [0, 0], "_/other": [200, 0] }));
  const open = sceneOf(picture([a, b, other]), at({ [a.id]: [-100, 0], [b.id]: [100, 0], "_/other": [300, 0] }));
  const opening = slideOf(folded, open);
  expect(opening && [...slidTo(opening, 0).x]).toEqual([0, 0, 200]);
  const folding = slideOf(open, folded);
  expect(folding && [...slidTo(folding, 0).x]).toEqual([0, 300]);
});

test("of very many nothing slides: each step would cost more than a frame has", () => {
  const many = foldedPicture(Array.from({ length: 301 }, (_, index) => foldedNode(`ns-${index}`)));
  const places = new Map(many.nodes.map(({ id }, index) => [id, { x: index, y: 0 }]));
  const fewer = sceneOf(picture(many.nodes.slice(1)), places);
  expect(slideOf(fewer, sceneOf(many, places))).toBeNull();
});
