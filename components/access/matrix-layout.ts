/** Where each row and column of the matrix lies, in px, and which of them are in sight. */
import type { AccessDestination, AccessIdentity } from "@/lib/contract/access";
import { roomFor } from "@/lib/picture/text-width";
import type { CellPlace } from "./cell-steps";
import { type Matrix, type MatrixGroup, parseCellKey } from "./matrix";

export const ROW_PX = 32;
/** The row of the namespaces. */
const GROUPS_PX = 28;
const TEXT_PX = 13;
const PADDING_PX = 24;
/** A rate beside a no-entry sign. */
const LEAST_COLUMN_PX = 72;
const MOST_COLUMN_PX = 220;
/** With its name upright above it a column is as wide as a rate needs, or as a namespace of few columns. */
const UPRIGHT_COLUMN_PX = 60;
const MOST_UPRIGHT_COLUMN_PX = 112;
const MOST_UPRIGHT_NAME_PX = 168;
const UPRIGHT_PADDING_PX = 12;
/** As Tailwind's `sm`: below it the namespace stands above the name. */
const PHONE_PX = 640;
const MOST_NAMES_PX = 320;
const MOST_STACKED_NAMES_PX = 144;

export interface ColumnGroup {
  readonly namespace: string;
  /** Index of its first column. */
  readonly first: number;
  readonly count: number;
}

export interface MatrixLayout {
  readonly rows: readonly AccessIdentity[];
  readonly columns: readonly AccessDestination[];
  readonly groups: readonly ColumnGroup[];
  /** Where each begins, and where the last one ends: one more than there are. */
  readonly rowEdges: readonly number[];
  readonly columnEdges: readonly number[];
  /** What the longest name of a row takes, as far as it is let. */
  readonly namesPx: number;
  /** The same where the namespace stands above the name. */
  readonly stackedNamesPx: number;
  /** The names of the columns are read from below: abreast they would not all have room. */
  readonly upright: boolean;
  /** Height of the row of these names, and of both rows of headers. */
  readonly columnNamesPx: number;
  readonly headerPx: number;
}

/** `roomPx`: the width there is; null: not measured yet. */
export function layOut(matrix: Matrix, roomPx: number | null): MatrixLayout {
  const rows = matrix.rows.flatMap((group) => group.items);
  const columns = matrix.columns.flatMap((group) => group.items);
  let first = 0;
  const groups = matrix.columns.map(({ namespace, items }) => {
    const group = { namespace, first, count: items.length };
    first += items.length;
    return group;
  });
  const namesPx = Math.min(MOST_NAMES_PX, widest(rows.map(({ key }) => key)));
  const stackedNamesPx = Math.min(
    MOST_STACKED_NAMES_PX,
    widest(rows.flatMap(({ namespace, serviceAccount }) => [namespace, serviceAccount])),
  );
  const abreast = edgesOf(matrix.columns.flatMap(columnWidths));
  const room = roomPx ?? Number.POSITIVE_INFINITY;
  const upright = (room < PHONE_PX ? stackedNamesPx : namesPx) + (abreast.at(-1) ?? 0) > room;
  const columnNamesPx = upright ? Math.min(MOST_UPRIGHT_NAME_PX, tallest(columns)) : ROW_PX;
  return {
    ...{ rows, columns, groups, namesPx, stackedNamesPx, upright, columnNamesPx },
    rowEdges: edgesOf(rows.map(() => ROW_PX)),
    columnEdges: upright ? edgesOf(matrix.columns.flatMap(uprightWidths)) : abreast,
    headerPx: GROUPS_PX + columnNamesPx,
  };
}

/** Where the cell of a key lies; null when it is not shown. */
export function placeOf({ rows, columns }: MatrixLayout, key: string | null): CellPlace | null {
  const pair = parseCellKey(key);
  const row = rows.findIndex((one) => one.key === pair?.source);
  const column = columns.findIndex((one) => one.key === pair?.destination);
  return row < 0 || column < 0 ? null : { row, column };
}

/** Before it is drawn. Figures are all as wide as each other here, as wide as a 0. */
function namePx(name: string): number {
  return Math.ceil(roomFor(name.replace(/\d/g, "0"), TEXT_PX));
}

function widest(names: readonly string[]): number {
  return names.reduce((most, name) => Math.max(most, namePx(name)), LEAST_COLUMN_PX) + PADDING_PX;
}

function tallest(columns: readonly AccessDestination[]): number {
  return columns.reduce((most, one) => Math.max(most, namePx(headerText(one))), 0) + UPRIGHT_PADDING_PX;
}

/** As wide as its name, all of them together at least as wide as that of their namespace. */
function columnWidths({ namespace, items }: MatrixGroup<AccessDestination>): number[] {
  const least = Math.ceil((namePx(namespace) + PADDING_PX) / items.length);
  return items.map((item) =>
    Math.min(MOST_COLUMN_PX, Math.max(LEAST_COLUMN_PX, least, namePx(headerText(item)) + PADDING_PX)),
  );
}

function uprightWidths({ namespace, items }: MatrixGroup<AccessDestination>): number[] {
  const least = Math.ceil((namePx(namespace) + PADDING_PX) / items.length);
  return items.map(() => Math.min(MOST_UPRIGHT_COLUMN_PX, Math.max(UPRIGHT_COLUMN_PX, least)));
}

/** The text, when it does not fit. */
export function cutText(text: string, px: number, paddingPx = PADDING_PX): string | undefined {
  return namePx(text) + paddingPx > px ? text : undefined;
}

/** The name of a column, when it does not fit. */
export function cutHeader({ upright, columnNamesPx }: MatrixLayout, destination: AccessDestination, px: number) {
  const text = headerText(destination);
  return upright ? cutText(text, columnNamesPx, UPRIGHT_PADDING_PX) : cutText(text, px);
}

function headerText({ name, split, protocol }: AccessDestination): string {
  return `${name}${split ? " split" : ""}${protocol === "tcp" ? " tcp" : ""}`;
}

function edgesOf(sizes: readonly number[]): number[] {
  const edges = [0];
  for (const size of sizes) edges.push((edges.at(-1) ?? 0) + size);
  return edges;
}

/** Those that lie between two places, in order; `also` is there wherever it lies: what has the focus must not go. */
export function inSight(edges: readonly number[], [from, to]: readonly [number, number], also: number): number[] {
  const count = edges.length - 1;
  const first = Math.max(0, firstAfter(edges, from) - 1);
  const end = Math.min(count, firstAfter(edges, to));
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, step) => first + step);
  if (also < 0 || also >= count || (also >= first && also < end)) return indexes;
  return also < first ? [also, ...indexes] : [...indexes, also];
}

/** Index of the first edge beyond a place; the number of edges when there is none. */
function firstAfter(edges: readonly number[], place: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}
