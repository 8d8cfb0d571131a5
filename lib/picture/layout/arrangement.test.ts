import { expect, test } from "vitest";
import { foldedNode, foldedPicture } from "@/test/fixtures/folded-picture";
import { bookstorePicture } from "@/test/fixtures/picture";
import { ARRANGEMENT } from "./arrangement";
import { layoutLinks, layoutNodes } from "./input";
import { LAYOUTS } from "./layout-name";
import { layOut } from "./layouts";

/** What the layouts of each arrangement came to. A new line for a new arrangement; lines are not changed. */
const SUMS: Readonly<Record<number, string>> = { 1: "5e6e227a" };

test("layouts that place something elsewhere are another arrangement", () => {
  const pictures = [
    bookstorePicture(),
    foldedPicture(Array.from({ length: 20 }, (_, at) => foldedNode(`ns-${at}`))),
    manyNodes(),
  ];
  const placed = pictures.flatMap((picture) =>
    LAYOUTS.flatMap(({ value: layout }) =>
      (["wide", "tall"] as const).map((orientation) => {
        const input = { layout, nodes: layoutNodes(picture), links: layoutLinks(picture), orientation, centre: null };
        return [...layOut(input)].map(([id, { x, y }]) => `${id} ${x} ${y}`).sort();
      }),
    ),
  );
  expect(sumOf(JSON.stringify(placed))).toBe(SUMS[ARRANGEMENT]);
});

/** More than are set with much room: 60 services of five namespaces that call each other. */
function manyNodes() {
  const {
    nodes: [first],
  } = bookstorePicture();
  if (!first) throw new Error("no node");
  const ids = Array.from({ length: 60 }, (_, at) => `ns-${at % 5}/service/svc-${at}`);
  return {
    nodes: ids.map((id, at) => ({ ...first, id, group: `ns-${at % 5}` })),
    edges: ids.map((from, at) => {
      const to = ids[(at * 7 + 3) % ids.length] ?? from;
      return { id: `${from}>${to}`, from, to, kind: "backs" as const, edge: null };
    }),
  };
}

/** FNV-1a. */
function sumOf(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(16);
}
