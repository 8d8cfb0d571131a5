import fc from "fast-check";
import { expect, test } from "vitest";
import { foldedNode, foldedPicture } from "@/test/fixtures/folded-picture";
import { clearView } from "./clear-view";
import { lookOf } from "./look";
import { boundsOf } from "./regions";
import { sceneOf } from "./scene";
import { fitView } from "./viewport";

const PHONE = { width: 390, height: 590 };
const LEGEND = { left: 12, right: 82, top: 548, bottom: 578 };
const CONTROLS = { left: 348, right: 378, top: 436, bottom: 578 };

function drawn(points: readonly { readonly x: number; readonly y: number }[], failing = 0) {
  const picture = foldedPicture(points.map((_, at) => foldedNode(`ns-${at}`, { failing })));
  const scene = sceneOf(picture, new Map(points.map((point, at) => [`_/ns-${at}`, point])));
  return { scene, look: lookOf(picture, null, scene.indexOf) };
}

const corners = [
  { x: 0, y: 0 },
  { x: 500, y: 0 },
  { x: 0, y: 800 },
  { x: 500, y: 800 },
];

test("a picture that nothing floats above is fitted as ever", () => {
  const { scene, look } = drawn(corners);
  const box = boundsOf(scene);
  if (box === null) throw new Error("empty");
  expect(clearView({ scene, look }, PHONE, [])).toEqual(fitView(box, PHONE));
  expect(clearView(drawn([]), PHONE, [LEGEND])).toBeNull();
});

test("no node is beneath a button, nor the second line under its name", () => {
  const place = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 900 }) });
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 30 }), (points) => {
      const { scene, look } = drawn([...corners, ...points], 1);
      const view = clearView({ scene, look }, PHONE, [LEGEND, CONTROLS]);
      if (view === null) throw new Error("empty");
      scene.x.forEach((atX, node) => {
        const [x, y] = [atX * view.zoom + view.x, (scene.y[node] ?? 0) * view.zoom + view.y];
        const radius = ((look.nodeSize[node] ?? 0) / 2) * view.zoom;
        for (const { left, right, top, bottom } of [LEGEND, CONTROLS])
          expect(x + 40 < left || x - 40 > right || y + radius + 34 < top || y - radius > bottom).toBe(true);
        expect(x - radius >= 0 && x + radius <= PHONE.width && y - radius >= 0 && y + radius <= PHONE.height).toBe(
          true,
        );
      });
    }),
    { numRuns: 50 },
  );
});

test("it comes as near as it can: what floats where no node is takes no room", () => {
  const { scene, look } = drawn([
    { x: 0, y: 0 },
    { x: 250, y: 0 },
    { x: 500, y: 0 },
  ]);
  const box = boundsOf(scene);
  if (box === null) throw new Error("empty");
  expect(clearView({ scene, look }, PHONE, [LEGEND, CONTROLS])?.zoom).toBe(fitView(box, PHONE).zoom);
});
