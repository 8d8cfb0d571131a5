/**
 * Nodes that stand alone, as folded namespaces do, in staggered lines that fill the view. Namespaces mostly call each other in cycles, of
 * which ranks make a strip too long to be read; a long chain makes one too. Those that call each other stand near, callers rather on the
 * left. Pure and deterministic, and by ids and links alone.
 */

import { FIT_PADDING } from "../viewport";
import type { Orientation, Places, Point } from "./flow";
import type { Link } from "./layered";
import { fitZoom, READABLE_ZOOM, REGION_PADDING, VIEWS } from "./room";

/** Nearer than this nodes with their names stand in each other's way. Model pixels. */
const LEAST = { wide: { x: 140, y: 112 }, tall: { x: 112, y: 112 } } as const;
/** Further apart than this they look unrelated. Model pixels. */
const MOST = { x: 230, y: 190 } as const;
/** So much nearer the tiles must be than the ranks to be worth giving these up. */
const WORTH = 1.15;
/** What it costs that a callee stands left of its caller, of the distance. */
const BACKWARDS = 0.35;
/** Looking for better places: so many times around at most, and so many looks at a link. */
const MOST_ROUNDS = 12;
const MOST_LOOKS = 6_000_000;
/** Model pixels: less is what rounding makes. */
const LEAST_GAIN = 1e-3;

/** The ranks as they are laid where they can be read, or hold no more than tiles would; else tiles. */
export function readable(laid: Places, links: readonly Link[], orientation: Orientation): Places {
  const zoom = fitZoom(laid.values(), orientation);
  if (laid.size < 2 || zoom >= READABLE_ZOOM) return laid;
  const cells = cellsFor(laid.size, orientation);
  if (fitZoom(cells, orientation) < WORTH * zoom) return laid;
  const ids = [...laid].sort(orientation === "wide" ? byColumn : byLine).map(([id]) => id);
  const near = arranged(ids, links, cells);
  return new Map(near.map((id, at) => [id, cells[at] as Point]));
}

type Placed = readonly [string, Point];

function byColumn([, a]: Placed, [, b]: Placed): number {
  return a.x - b.x || a.y - b.y;
}

function byLine([, a]: Placed, [, b]: Placed): number {
  return a.y - b.y || a.x - b.x;
}

/** As many lines as let the view come nearest, set apart as far as it then has room. */
function cellsFor(count: number, orientation: Orientation): readonly Point[] {
  const least = LEAST[orientation];
  const zoomOf = (lines: number) => {
    const across = (Math.ceil(count / lines) - (lines > 1 ? 0.5 : 1)) * least.x;
    return fitZoom(
      [
        { x: 0, y: 0 },
        { x: across, y: (lines - 1) * least.y },
      ],
      orientation,
    );
  };
  let lines = 1;
  for (let more = 2; more <= count; more += 1) if (zoomOf(more) > zoomOf(lines)) lines = more;
  const zoom = Math.min(1, zoomOf(lines));
  const { width, height } = VIEWS[orientation];
  const across = (width - 2 * FIT_PADDING) / zoom - 2 * REGION_PADDING.x;
  const down = (height - 2 * FIT_PADDING) / zoom - REGION_PADDING.top - REGION_PADDING.bottom;
  return grid(count, lines, {
    x: spread(across / (Math.ceil(count / lines) - 0.5), least.x, MOST.x),
    y: spread(down / Math.max(1, lines - 1), least.y, MOST.y),
  });
}

function spread(pitch: number, least: number, most: number): number {
  return Math.floor(Math.min(most, Math.max(least, pitch)));
}

/** Lines of nearly the same length, every second one half a column on: a line of sight down ends two lines further, not at the next. */
function grid(count: number, lines: number, pitch: Point): readonly Point[] {
  return Array.from({ length: lines }, (_, line) => {
    const length = Math.floor(((line + 1) * count) / lines) - Math.floor((line * count) / lines);
    return Array.from({ length }, (_, at) => ({ x: Math.round((at + (line % 2) / 2) * pitch.x), y: line * pitch.y }));
  }).flat();
}

/** The ids in the order of the cells: two change places for as long as that makes lines shorter. */
function arranged(ids: readonly string[], links: readonly Link[], cells: readonly Point[]): readonly string[] {
  const unique = new Map(links.map((link) => [`${link.from}>${link.to}`, link]));
  const rounds = Math.min(MOST_ROUNDS, Math.floor(MOST_LOOKS / Math.max(1, 4 * ids.length * unique.size)));
  if (rounds === 0) return ids;
  const { out, into } = joined(ids, [...unique.values()]);
  const cost = costsOf(cells);
  const count = ids.length;
  const cellOf = Int32Array.from(ids, (_, at) => at);
  const costOf = (node: number) => {
    const cell = cellOf[node] ?? 0;
    let sum = 0;
    for (const to of out[node] ?? []) sum += cost[cell * count + (cellOf[to] ?? 0)] ?? 0;
    for (const from of into[node] ?? []) sum += cost[(cellOf[from] ?? 0) * count + cell] ?? 0;
    return sum;
  };
  const swap = (a: number, b: number) => {
    const cell = cellOf[a] ?? 0;
    cellOf[a] = cellOf[b] ?? 0;
    cellOf[b] = cell;
  };
  const isBetter = (a: number, b: number) => {
    const before = costOf(a) + costOf(b);
    swap(a, b);
    if (costOf(a) + costOf(b) < before - LEAST_GAIN) return true;
    swap(a, b);
    return false;
  };
  for (let round = 0, better = true; better && round < rounds; round += 1) {
    better = false;
    for (let a = 0; a < count; a += 1) {
      for (let b = a + 1; b < count; b += 1) better = isBetter(a, b) || better;
    }
  }
  const result: string[] = [];
  ids.forEach((id, at) => {
    result[cellOf[at] ?? 0] = id;
  });
  return result;
}

/** By index of a node: the indices of those it calls and of those that call it. */
function joined(ids: readonly string[], links: readonly Link[]) {
  const index = new Map(ids.map((id, at) => [id, at]));
  const out = ids.map((): number[] => []);
  const into = ids.map((): number[] => []);
  for (const { from, to } of links) {
    const [a, b] = [index.get(from), index.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    out[a]?.push(b);
    into[b]?.push(a);
  }
  return { out, into };
}

/** What a call from one cell to another costs, by from * count + to. */
function costsOf(cells: readonly Point[]): Float32Array {
  const costs = new Float32Array(cells.length * cells.length);
  cells.forEach((from, a) => {
    cells.forEach((to, b) => {
      costs[a * cells.length + b] = Math.hypot(to.x - from.x, to.y - from.y) + BACKWARDS * Math.max(0, from.x - to.x);
    });
  });
  return costs;
}
