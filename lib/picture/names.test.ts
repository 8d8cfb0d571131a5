import fc from "fast-check";
import { expect, test } from "vitest";
import { foldedNode, foldedPicture } from "@/test/fixtures/folded-picture";
import { plainFrame } from "@/test/fixtures/frame";
import type { Frame } from "./frame";
import { flowLayout } from "./layout/flow";
import { layoutLinks, layoutNodes } from "./layout/input";
import { nameSize, namesOf } from "./names";
import type { DrawnPicture } from "./picture";
import { sceneOf } from "./scene";
import { SvgSurface } from "./svg-surface";

const surface = new SvgSurface();

function frameOf(picture: DrawnPicture, zoom: number, pan = 0): Frame {
  const scene = sceneOf(picture, flowLayout(layoutNodes(picture), layoutLinks(picture)));
  return plainFrame(scene, { zoom, x: pan, y: pan, width: 1200, height: 700 });
}

const mesh = (count: number, failing: readonly number[] = []) =>
  foldedPicture(
    Array.from({ length: count }, (_, at) => foldedNode(`namespace-${at}`, {}, failing.includes(at) ? 0.3 : 0)),
  );

test("at any zoom some names stand, and from afar none over another", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0.04, max: 0.5, noNaN: true }), (count, zoom) => {
      const frame = frameOf(mesh(count), zoom);
      const { room } = namesOf(surface, frame);
      const boxes = [...room.entries()].flatMap(([node, wide]) => {
        if (wide === 0) return [];
        const x = (frame.scene.x[node] ?? 0) * zoom;
        const top = ((frame.scene.y[node] ?? 0) + (frame.look.nodeSize[node] ?? 0) / 2) * zoom;
        return [{ left: x - wide / 2, right: x + wide / 2, top, bottom: top + nameSize(zoom) }];
      });
      expect(boxes.length).toBeGreaterThan(0);
      boxes.forEach((a, at) => {
        for (const b of boxes.slice(at + 1))
          expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
      });
    }),
    { numRuns: 60 },
  );
});

test("what is failing has its name before what is well", () => {
  const { width } = namesOf(surface, frameOf(mesh(75, [40]), 0.1));
  expect(width[40]).toBeGreaterThan(0);
  expect(width.filter((each) => each > 0).length).toBeLessThan(75);
});

test("as the picture opens every folded namespace of a large mesh has its whole name", () => {
  const { width } = namesOf(surface, frameOf(mesh(67), 0.78));
  expect(width.every((each) => each === 170)).toBe(true);
});

test("neither panning, nor a small step of zoom, nor figures that change no state have it worked out anew for a large picture", () => {
  const frame = frameOf(mesh(400), 0.3);
  const names = namesOf(surface, frame);
  expect(namesOf(surface, { ...frame, view: { ...frame.view, x: 50, y: -9 } })).toBe(names);
  expect(namesOf(surface, { ...frame, look: { ...frame.look, nodeSize: frame.look.nodeSize.slice() } })).toBe(names);
  expect(namesOf(surface, { ...frame, view: { ...frame.view, zoom: 0.31 } })).toBe(names);
  expect(namesOf(surface, { ...frame, view: { ...frame.view, zoom: 0.4 } })).not.toBe(names);
});

test("of a large picture too a past moment has no second lines, and a comparison its signs", () => {
  const picture = mesh(400);
  const ill = {
    ...picture,
    nodes: picture.nodes.map((node) => ({ ...node, folded: node.folded && { ...node.folded, failing: 1 } })),
  };
  const frame = frameOf(ill, 1);
  expect(namesOf(surface, frame).second.some((wide) => wide > 0)).toBe(true);
  const past = { ...frame.look, hasSecondLine: new Uint8Array(400) };
  expect(namesOf(surface, { ...frame, look: past }).second.every((wide) => wide === 0)).toBe(true);
  const room = namesOf(surface, frame).room[7] ?? 0;
  const nodes = ill.nodes.map((node, at) =>
    at === 7 ? { ...node, diff: { kind: "new", label: "+" } as const } : node,
  );
  const compared = { ...frame, scene: { ...frame.scene, picture: { ...ill, nodes } } };
  expect(namesOf(surface, compared).room[7]).toBeGreaterThan(room);
});

test("three thousand nodes take no more than a frame has", () => {
  const frame = frameOf(mesh(3000), 0.2);
  namesOf(surface, frame);
  const steps = 20;
  const began = performance.now();
  for (let step = 1; step <= steps; step += 1)
    namesOf(surface, { ...frame, view: { ...frame.view, zoom: 0.2 + step / 100 } });
  expect((performance.now() - began) / steps).toBeLessThan(33);
});
