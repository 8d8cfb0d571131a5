import { expect, test } from "vitest";
import { foldedNode, foldedPicture } from "@/test/fixtures/folded-picture";
import { plainFrame } from "@/test/fixtures/frame";
import { bookstorePicture } from "@/test/fixtures/picture";
import type { Frame } from "./frame";
import { INKS } from "./ink";
import { flowLayout } from "./layout/flow";
import { layoutLinks, layoutNodes } from "./layout/input";
import { paintFigures, paintGround } from "./paint";
import type { DrawnPicture } from "./picture";
import { sceneOf } from "./scene";
import { SvgSurface } from "./svg-surface";

function frameOf(picture: DrawnPicture, zoom = 1): Frame {
  const scene = sceneOf(picture, flowLayout(layoutNodes(picture), layoutLinks(picture), "tall"));
  return plainFrame(scene, { zoom, x: 300, y: 300, width: 2000, height: 2000 });
}

test("a region's name is written over the lines, on a ground of its own", () => {
  const frame = frameOf(bookstorePicture());
  const surface = new SvgSurface();
  paintGround(surface, frame);
  const ground = surface.markup();
  expect(ground).not.toContain("<text");
  paintFigures(surface, frame);
  const figures = surface.markup().slice(ground.length);
  const title = figures.indexOf(">bookstore</text>");
  const lines = [...figures.matchAll(/<path [^>]*fill="none"/g)].map(({ index }) => index);
  expect(title).toBeGreaterThan(lines[0] ?? Number.POSITIVE_INFINITY);
  const denied = figures.indexOf(INKS.light.denied);
  expect(denied).toBeGreaterThan(-1);
  expect(denied).toBeLessThan(title);
  const before = figures.slice(0, title);
  expect(before.slice(before.lastIndexOf("<path"))).toContain(`fill="${INKS.light.raised}"`);
});

/** Six namespaces that all call each other and all fail, seen from where a phone sees them. */
function crowded(): DrawnPicture {
  const nodes = Array.from({ length: 6 }, (_, at) => foldedNode(`namespace-${at}`));
  const [call] = bookstorePicture().edges;
  if (!call?.edge) throw new Error("no call");
  const edge = { ...call.edge, denied: false, requestsPerSecond: 190, errorRatio: 0.3, mtlsRatio: 1 };
  return {
    nodes,
    edges: foldedPicture(nodes).edges.map((each) => ({ ...each, kind: "call", edge })),
  };
}

test("labels cover neither nodes nor names, however few edges there are", () => {
  for (const zoom of [0.55, 0.7, 1]) {
    const frame = frameOf(crowded(), zoom);
    const labels = paintFigures(new SvgSurface(), frame);
    frame.scene.x.forEach((x, node) => {
      const half = ((frame.look.nodeSize[node] ?? 0) / 2) * zoom;
      const [left, top] = [x * zoom + 300 - half, (frame.scene.y[node] ?? 0) * zoom + 300 - half];
      expect(labels.isFree({ left, right: left + 2 * half, top, bottom: top + 2 * half + 16 })).toBe(true);
    });
  }
});
