/** A chart as SVG without a browser: what is copied, and what an image by URL shows. The same input gives the same text. */
import { formatQuantity } from "@/lib/format/number";
import { INKS } from "@/lib/picture/ink";
import { FONT } from "@/lib/picture/surface";
import { escaped } from "@/lib/picture/svg-surface";
import { textWidth } from "@/lib/picture/text-width";
import type { ChartLine } from "./chart-line";
import { plainInk, type Theme } from "./ink";
import { linePath } from "./line-path";
import { type ChartUnit, quantityOf } from "./quantity";
import { topOf } from "./scale";

export interface ChartSvgInput {
  readonly title: string;
  /** Beneath: when, how old, what is wrong. */
  readonly note: string;
  readonly unit: ChartUnit;
  /** Unix milliseconds, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly band: boolean;
  readonly thresholds: readonly { readonly value: number; readonly label: string }[];
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const PAD = 12;
const AXIS_LEFT = 52;
const AXIS_BOTTOM = 18;
const TITLE_PX = 20;
const LEGEND_PX = 16;
const NOTE_PX = 18;
const MOST_LEGEND_LINES = 4;

export function chartSvg(input: ChartSvgInput): string {
  const { width, height, theme, title } = input;
  const legend = legendRows(input);
  const top = PAD + TITLE_PX + legend.length * LEGEND_PX + 6;
  const box: Box = {
    left: PAD + AXIS_LEFT,
    top,
    width: Math.max(20, width - 2 * PAD - AXIS_LEFT),
    height: Math.max(20, height - top - AXIS_BOTTOM - NOTE_PX - 4),
  };
  const ink = INKS[theme];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONT}" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${ink.surface}"/>`,
    `<text x="${PAD}" y="${PAD + 12}" font-size="13" font-weight="500" fill="${ink.ink}">${escaped(title)}</text>`,
    ...legend.flatMap((row, index) =>
      row.map((entry) => legendEntry(entry, PAD + TITLE_PX + index * LEGEND_PX, theme)),
    ),
    ...(input.times.length === 0 ? [] : plot(input, box)),
    `<text x="${PAD}" y="${height - 8}" fill="${ink["ink-3"]}">${escaped(input.note)}</text>`,
    "</svg>",
    "",
  ].join("\n");
}

interface Entry {
  readonly line: ChartLine;
  readonly value: string;
  readonly x: number;
}

/** Newest known values, as many to a row as fit; what does not fit at all is left out. */
function legendRows({ lines, unit, width }: ChartSvgInput): readonly (readonly Entry[])[] {
  const rows: Entry[][] = [[]];
  let x = PAD;
  for (const line of lines) {
    const newest = line.values.findLast((value) => value !== null) ?? null;
    const value = formatQuantity(quantityOf(unit, newest));
    const wide = 16 + textWidth(`${line.label} ${value}`, 12) + 14;
    if (x > PAD && x + wide > width - PAD) {
      rows.push([]);
      x = PAD;
    }
    rows.at(-1)?.push({ line, value, x });
    x += wide;
  }
  return rows.slice(0, MOST_LEGEND_LINES);
}

function legendEntry({ line, value, x }: Entry, top: number, theme: Theme): string {
  const ink = INKS[theme];
  const mark = `<path d="M${round(x)} ${top + 8}h10" stroke="${plainInk(line.ink, theme)}" stroke-width="2"${line.dashed ? ' stroke-dasharray="3 2"' : ""}/>`;
  const label = `<text x="${round(x + 14)}" y="${top + 12}" fill="${ink["ink-3"]}">${escaped(line.label)} <tspan fill="${ink.ink}">${escaped(value)}</tspan></text>`;
  return mark + label;
}

function plot(input: ChartSvgInput, box: Box): string[] {
  const { unit, lines, band, thresholds, theme } = input;
  const values = [
    ...lines.flatMap((line) => line.values.map((value) => value ?? 0)),
    ...thresholds.map(({ value }) => value),
  ];
  const top = topOf(unit, Math.max(0, ...values));
  return [
    ...grid(input, box, top),
    ...(band ? bands(lines, { box, top, theme }) : []),
    ...thresholds.map((each) => threshold(each, { box, top, theme })),
    `<g transform="translate(${box.left} ${box.top - 1})" fill="none" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round">`,
    ...lines.map((line, index) => {
      const dash = line.dashed ? ' stroke-dasharray="4 3"' : "";
      // The edges of a band carry the colours the legend gives them.
      const thin = band && index > 0 ? ' stroke-width="1"' : "";
      return `<path d="${linePath(line.values, { width: box.width, height: box.height, top })}" stroke="${plainInk(line.ink, theme)}"${thin}${dash}/>`;
    }),
    "</g>",
  ];
}

interface Scale {
  readonly box: Box;
  readonly top: number;
  readonly theme: Theme;
}

function grid({ unit, times, theme }: ChartSvgInput, box: Box, top: number): string[] {
  const ink = INKS[theme];
  const right = box.left + box.width;
  const rows = [0, top / 2, top].map((value) => {
    const y = round(box.top + box.height * (1 - value / top));
    const quantity = quantityOf(unit, value);
    const text = value === top ? formatQuantity(quantity) : value === 0 ? "0" : quantity.value;
    return `<path d="M${box.left} ${y}H${right}" stroke="${ink.line}"/><text x="${box.left - 6}" y="${round(y + 4)}" text-anchor="end" fill="${ink["ink-3"]}">${escaped(text)}</text>`;
  });
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  const anchors = ["start", "middle", "end"];
  const ticks = [first, (first + last) / 2, last].map((at, index) => {
    const x = round(box.left + (box.width * index) / 2);
    return `<text x="${x}" y="${round(box.top + box.height + 14)}" text-anchor="${anchors[index]}" fill="${ink["ink-3"]}">${clockUtc(at)}</text>`;
  });
  return [...rows, ...ticks];
}

/** From p50 to p95 and on to p99; a gap in any of them is a gap in the band. */
function bands(lines: readonly ChartLine[], { box, top, theme }: Scale): string[] {
  const [low, middle, high] = lines;
  if (!low || !middle || !high) return [];
  const fill = plainInk(low.ink, theme);
  return [
    ...area(middle.values, high.values, { box, top, theme }).map(
      (d) => `<path d="${d}" fill="${fill}" fill-opacity="0.1"/>`,
    ),
    ...area(low.values, middle.values, { box, top, theme }).map(
      (d) => `<path d="${d}" fill="${fill}" fill-opacity="0.22"/>`,
    ),
  ];
}

function area(
  below: readonly (number | null)[],
  above: readonly (number | null)[],
  { box, top }: Scale,
): readonly string[] {
  const x = (index: number) => round(box.left + (below.length > 1 ? (box.width * index) / (below.length - 1) : 0));
  const y = (value: number) => round(box.top + box.height * (1 - value / top));
  const runs: number[][] = [[]];
  below.forEach((value, index) => {
    if (value === null || (above[index] ?? null) === null) runs.push([]);
    else runs.at(-1)?.push(index);
  });
  return runs
    .filter((run) => run.length > 1)
    .map((run) => {
      const upper = run.map((index) => `${x(index)} ${y(above[index] ?? 0)}`);
      const lower = [...run].reverse().map((index) => `${x(index)} ${y(below[index] ?? 0)}`);
      return `M${[...upper, ...lower].join("L")}Z`;
    });
}

function threshold(each: { readonly value: number; readonly label: string }, { box, top, theme }: Scale): string {
  const ink = INKS[theme]["ink-3"];
  const y = round(box.top + box.height * (1 - each.value / top));
  const right = box.left + box.width;
  return `<path d="M${box.left} ${y}H${right}" stroke="${ink}" stroke-dasharray="2 2"/><text x="${right}" y="${round(y + 13)}" text-anchor="end" fill="${ink}">${escaped(each.label)}</text>`;
}

/** Nobody knows where an image is looked at: times are UTC. */
function clockUtc(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
