import { expect, test } from "vitest";
import { foldedNode, foldedPicture } from "@/test/fixtures/folded-picture";
import { bookstorePicture } from "@/test/fixtures/picture";
import { INKS } from "./ink";
import type { DrawnFigures, DrawnPicture } from "./picture";
import { pictureSvg } from "./svg";

const picture = bookstorePicture();
const caption = { title: "Mesh osm", at: Date.UTC(2026, 10, 25, 23, 1, 12), windowSeconds: 30 };
const draw = (of: DrawnPicture = picture, more: Partial<Parameters<typeof pictureSvg>[0]> = {}) =>
  pictureSvg({ picture: of, places: null, ink: INKS.light, metric: "rate", caption, ...more });

test("names, figures, the caption and the legend are text; the ink is that of the theme", () => {
  const svg = draw();
  for (const text of ["bookbuyer", "bookstore-v2", "4.7/s denied", "2026-11-25 23:01:12 UTC, mean of 30 s", "Denied"]) {
    expect(svg).toContain(`>${text}</text>`);
  }
  expect(svg).toContain(INKS.light.denied);
  expect(draw(picture, { ink: INKS.dark })).toContain(INKS.dark.denied);
  expect(svg).not.toContain("NaN");
  expect(svg).not.toContain("undefined");
  expect(draw()).toBe(svg);
});

test("what a name may not contain in XML is escaped or left out", () => {
  const [first, ...others] = picture.nodes;
  if (!first) throw new Error("no node");
  const named = { ...picture, nodes: [{ ...first, name: 'a<b>&"c\u0000' }, ...others] };
  expect(draw(named)).toContain(">a&lt;b&gt;&amp;&quot;c</text>");
});

test("an empty picture is a document with its caption", () => {
  expect(draw({ nodes: [], edges: [] })).toMatch(/^<svg [\s\S]*0 nodes, 0 edges[\s\S]*<\/svg>\n$/);
});

test("one of a kind is singular", () => {
  expect(draw(foldedPicture([foldedNode("a")]))).toContain("<title>Mesh osm: 1 node, 1 edge</title>");
});

test("with figures of another moment it says those", () => {
  const column = () => new Float32Array(picture.edges.length).fill(Number.NaN);
  const row = () => new Float32Array(picture.nodes.length).fill(Number.NaN);
  const figures: DrawnFigures = {
    edges: {
      requestsPerSecond: column().fill(77),
      errorRatio: column().fill(0.5),
      deniedPerSecond: column().fill(0),
      mtlsRatio: column(),
      p50Ms: column(),
      p95Ms: column(),
      p99Ms: column().fill(9),
    },
    nodes: { inPerSecond: row(), outPerSecond: row(), errorRatio: row(), deniedPerSecond: row() },
  };
  const svg = draw(picture, { figures });
  expect(svg).toContain(">77/s</text>");
  expect(svg).not.toContain("denied</text>");
  expect(draw(picture, { figures, metric: "p99" })).toContain(">9 ms</text>");
  expect(draw(picture, { figures, metric: "p50" })).toContain(">–</text>");
});

test("every folded namespace has its name, and what in it is not well is counted in words", () => {
  const names = Array.from({ length: 20 }, (_, at) => `namespace-${at}`);
  const svg = draw(foldedPicture(names.map((name, at) => foldedNode(name, at === 7 ? { failing: 1 } : {}))));
  for (const name of names) expect(svg).toContain(`>${name}</text>`);
  expect(svg.match(/>1 of 15 failing<\/text>/g)?.length).toBeGreaterThan(0);
});
