/**
 * The flow layout: namespaces as boxes in columns from callers to callees, and within each namespace the same again with its nodes.
 * A strip too long to be read is set in lines instead. Pure and deterministic: the same ids and links give the same places, on every machine and in every order of input.
 */
import { columnsOf, type Link, mean, ranks, reduceCrossings, settle } from "./layered";
import { READABLE_ZOOM, REGION_PADDING, zoomToHold } from "./room";
import { readable } from "./tiles";

export interface LayoutNode {
  readonly id: string;
  readonly namespace: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Places = ReadonlyMap<string, Point>;

/** Distances in model pixels: room for a name below a node and for a figure on an edge. */
const ROOMY = { column: 200, row: 104 };
/** Of more nodes than MANY fewer figures are legible at rest, so less room is kept for them. */
const DENSE = { column: 150, row: 92 };
const MANY = 30;
/** On a phone ranks are lines: side by side as many as its width holds. */
const TALL = { column: 132, row: 132 };
const TALL_ROWS = 3;
/** Between its lines calls run down, and their figures stand there. */
const TALL_LINE_GAP = 76;
const REGION_GAP = { x: 104, y: 28 };
/** Nodes of one rank beyond this go into further columns. */
const MAX_ROWS = 6;
/** A chain of fewer services than this is drawn as one. */
const MOST_COLUMNS = 8;
/** A picture broader than this, as width to height, is set in several lines. */
const BROADEST = 2.6;
const WANTED_ASPECT = 1.7;
const TALL_ASPECT = 0.6;

interface Spacing {
  readonly column: number;
  readonly row: number;
}

interface Box {
  readonly namespace: string;
  columns: string[][];
  readonly width: number;
  readonly height: number;
}

/** wide: callers left, callees right. tall: for a phone, lines of namespaces from top to bottom. */
export type Orientation = "wide" | "tall";

export function flowLayout(
  nodes: readonly LayoutNode[],
  links: readonly Link[],
  orientation: Orientation = "wide",
): Places {
  const tall = orientation === "tall";
  // Folded groups: each its own region.
  const alone = nodes.every(({ id, namespace }) => id === namespace);
  const spacing = tall ? TALL : nodes.length > MANY ? DENSE : ROOMY;
  const namespaceOf = new Map(nodes.map((node) => [node.id, node.namespace]));
  const known = sortedLinks(links.filter((link) => namespaceOf.has(link.from) && namespaceOf.has(link.to)));
  const boxes = new Map(
    [...groupSorted(nodes)].map(([namespace, ids]) => {
      const inside = known.filter(
        (link) => namespaceOf.get(link.from) === namespace && namespaceOf.get(link.to) === namespace,
      );
      return [namespace, makeBox(namespace, ids, { links: inside, spacing, tall })];
    }),
  );
  const between = known
    .map((link) => ({ from: namespaceOf.get(link.from) ?? "", to: namespaceOf.get(link.to) ?? "" }))
    .filter((link) => link.from !== link.to);
  const centres = placeBoxes(
    [...boxes.values()],
    between,
    tall ? "always" : alone ? "never" : nodes.length > MANY ? "if broad" : "if unreadable",
  );
  const places = new Map<string, Point>();
  const neighbours = neighboursOf(known);
  // Twice: the second time every node knows where its callers and callees in other boxes are.
  for (let pass = 0; pass < 2; pass += 1) {
    for (const box of boxes.values())
      placeInside({ box, centre: centres.get(box.namespace) ?? { x: 0, y: 0 }, spacing, tall }, neighbours, places);
  }
  return alone ? readable(places, known, orientation) : places;
}

function sortedLinks(links: readonly Link[]): readonly Link[] {
  const key = (link: Link) => `${link.from}>${link.to}`;
  return [...links].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

function groupSorted(nodes: readonly LayoutNode[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  const sorted = [...nodes].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const { id, namespace } of sorted) groups.set(namespace, [...(groups.get(namespace) ?? []), id]);
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function makeBox(
  namespace: string,
  ids: readonly string[],
  { links, spacing, tall }: { links: readonly Link[]; spacing: Spacing; tall: boolean },
): Box {
  const columns = narrowed(columnsOf(ids, ranks(ids, links)), ids.length);
  reduceCrossings(columns, links);
  const wrapped = columns.flatMap((column) => chunks(column, tall ? TALL_ROWS : rowsFor(column.length)));
  const rows = Math.max(1, ...wrapped.map((column) => column.length));
  return {
    namespace,
    columns: wrapped,
    width: ((tall ? rows : wrapped.length) - 1) * spacing.column + 2 * REGION_PADDING.x,
    height: ((tall ? wrapped.length : rows) - 1) * spacing.row + REGION_PADDING.top + REGION_PADDING.bottom,
  };
}

/** Ranks that follow each other share a column where there are so many that the box would be a long thin strip. */
function narrowed(columns: string[][], count: number): string[][] {
  const most = Math.max(MOST_COLUMNS, Math.ceil(Math.sqrt(count) * 1.6));
  if (columns.length <= most) return columns;
  const together = Math.ceil(columns.length / most);
  return chunks(columns, together).map((part) => part.flat());
}

/** A long rank becomes a block about as wide as it is high. */
function rowsFor(count: number): number {
  return count <= MAX_ROWS ? count : Math.max(MAX_ROWS, Math.ceil(Math.sqrt(count * 1.6)));
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}

/** Whether namespaces may be set in several lines. */
type Lines = "never" | "if unreadable" | "if broad" | "always";

function placeBoxes(boxes: readonly Box[], links: readonly Link[], lines: Lines): Places {
  const byName = new Map(boxes.map((box) => [box.namespace, box]));
  const names = boxes.map((box) => box.namespace);
  const columns = columnsOf(names, ranks(names, links)).flatMap((column) =>
    chunks(column, Math.max(8, Math.ceil(Math.sqrt(names.length) * 1.5))),
  );
  reduceCrossings(columns, links);
  const x = new Map<string, number>();
  const y = new Map<string, number>();
  let left = 0;
  for (const column of columns) {
    const width = Math.max(...column.map((name) => byName.get(name)?.width ?? 0));
    const heights = column.map((name) => byName.get(name)?.height ?? 0);
    const total = heights.reduce((sum, height) => sum + height + REGION_GAP.y, -REGION_GAP.y);
    let top = -total / 2;
    column.forEach((name, index) => {
      x.set(name, left + width / 2);
      y.set(name, top + (heights[index] ?? 0) / 2);
      top += (heights[index] ?? 0) + REGION_GAP.y;
    });
    left += width + REGION_GAP.x;
  }
  const joined = new Map<string, string[]>();
  for (const { from, to } of links) {
    joined.set(from, [...(joined.get(from) ?? []), to]);
    joined.set(to, [...(joined.get(to) ?? []), from]);
  }
  for (let sweep = 0; sweep < 4; sweep += 1) {
    for (const column of sweep % 2 === 0 ? columns : [...columns].reverse()) {
      const spans = column.map((name) => ({
        size: byName.get(name)?.height ?? 0,
        wanted: mean(joined.get(name) ?? [], y) ?? y.get(name) ?? 0,
      }));
      const centres = settle(spans, REGION_GAP.y);
      column.forEach((name, index) => {
        y.set(name, centres[index] ?? 0);
      });
    }
  }
  const height =
    Math.max(...boxes.map((box) => (y.get(box.namespace) ?? 0) + box.height / 2)) -
    Math.min(...boxes.map((box) => (y.get(box.namespace) ?? 0) - box.height / 2));
  const inOrder = columns.flat().flatMap((name) => byName.get(name) ?? []);
  if (lines === "always") return shelves(inOrder, TALL_ASPECT, TALL_LINE_GAP);
  const centres = new Map(
    names.map((name) => [name, { x: Math.round(x.get(name) ?? 0), y: Math.round(y.get(name) ?? 0) }]),
  );
  const width = left - REGION_GAP.x;
  const isBroad = boxes.length > 3 && width > BROADEST * height;
  if (isBroad && (lines === "if broad" || (lines === "if unreadable" && zoomToHold(width, height) < READABLE_ZOOM)))
    return shelves(inOrder, WANTED_ASPECT, REGION_GAP.y);
  return centres;
}

/** Boxes from callers to callees like words: left to right, then the next line. */
function shelves(boxes: readonly Box[], aspect: number, lineGap: number): Places {
  const area = boxes.reduce((sum, box) => sum + (box.width + REGION_GAP.y) * (box.height + lineGap), 0);
  const widest = Math.max(Math.sqrt(area * aspect) * 1.08, ...boxes.map((box) => box.width));
  const places = new Map<string, Point>();
  let x = 0;
  let y = 0;
  let lineHeight = 0;
  for (const box of boxes) {
    if (x > 0 && x + box.width > widest) {
      x = 0;
      y += lineHeight + lineGap;
      lineHeight = 0;
    }
    places.set(box.namespace, { x: Math.round(x + box.width / 2), y: Math.round(y + box.height / 2) });
    x += box.width + REGION_GAP.y;
    lineHeight = Math.max(lineHeight, box.height);
  }
  return places;
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighboursOf(links: readonly Link[]): Neighbours {
  const neighbours = new Map<string, string[]>();
  const join = (a: string, b: string) => {
    const known = neighbours.get(a);
    if (known) known.push(b);
    else neighbours.set(a, [b]);
  };
  for (const { from, to } of links) {
    join(from, to);
    join(to, from);
  }
  return neighbours;
}

interface Placing {
  readonly box: Box;
  readonly centre: Point;
  readonly spacing: Spacing;
  readonly tall: boolean;
}

/** Ranks across, the nodes of a rank along: x and y, or y and x when tall. */
function placeInside(placing: Placing, neighbours: Neighbours, places: Map<string, Point>): void {
  const { box, centre, spacing, tall } = placing;
  const along = new Map([...places].map(([id, point]) => [id, tall ? point.x : point.y]));
  // The padding above is less than the one below: names hang under their nodes.
  const middle = centre.y + (REGION_PADDING.top - REGION_PADDING.bottom) / 2;
  const fallback = tall ? centre.x : middle;
  box.columns.forEach((column, index) => {
    const outside = (id: string) => mean(neighbours.get(id) ?? [], along);
    const weight = new Map(column.map((id, at) => [id, outside(id) ?? fallback + at]));
    if (places.size > 0) column.sort((a, b) => (weight.get(a) ?? 0) - (weight.get(b) ?? 0));
    const across = index - (box.columns.length - 1) / 2;
    column.forEach((id, row) => {
      const within = row - (column.length - 1) / 2;
      places.set(id, {
        x: Math.round(centre.x + (tall ? within : across) * spacing.column),
        y: Math.round(middle + (tall ? across : within) * spacing.row),
      });
    });
  });
}
