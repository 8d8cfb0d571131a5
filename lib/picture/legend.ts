/** What an exported picture says beneath itself: what it is of, when, and what its lines and marks mean. */
import type { Ink } from "./ink";
import { paintMark } from "./marks";
import { FONT, type Surface } from "./surface";

export interface Caption {
  /** "Mesh osm, all namespaces". */
  readonly title: string;
  /** Unix milliseconds the figures are for. */
  readonly at: number;
  /** The figures are means over this long before `at`. */
  readonly windowSeconds: number;
}

const INSET = 20;
const LINE = 24;
const SAMPLE = 26;
const GAP = 22;

interface Entry {
  readonly words: string;
  readonly paint: (surface: Surface, at: { readonly x: number; readonly y: number; readonly ink: Ink }) => void;
}

const ENTRIES: readonly Entry[] = [
  { words: "Calls; broader is more", paint: line("line-strong", 3, []) },
  { words: "Allowed, no calls", paint: line("idle", 1.5, [1.5, 3]) },
  { words: "Denied", paint: line("denied", 7, [2, 4]) },
  { words: "Encrypted", paint: mark("encrypted", "secure") },
  { words: "Not all encrypted", paint: mark("plaintext", "warn") },
  { words: "1 % of calls fail", paint: mark("degraded", "warn") },
  { words: "10 % of calls fail", paint: mark("failing", "fail") },
];

function line(ink: keyof Ink, width: number, dashes: readonly number[]): Entry["paint"] {
  return (surface, { x, y, ink: inks }) => {
    surface.beginPath();
    surface.moveTo(x, y);
    surface.lineTo(x + SAMPLE - 4, y);
    surface.strokeStyle = inks[ink];
    surface.lineWidth = width;
    surface.setLineDash([...dashes]);
    surface.stroke();
    surface.setLineDash([]);
  };
}

function mark(name: Parameters<typeof paintMark>[1], ink: keyof Ink): Entry["paint"] {
  return (surface, { x, y, ink: inks }) =>
    paintMark(surface, name, { x: x + SAMPLE - 11, y, size: 14, ink: inks[ink] });
}

/** Draws the strip from `top` down over the whole width and returns its height. Nothing is drawn while `ink` is null: for measuring. */
export function paintLegend(
  surface: Surface,
  caption: Caption,
  { top, width, ink }: { readonly top: number; readonly width: number; readonly ink: Ink | null },
): number {
  const words = (text: string, at: { x: number; y: number }, token: keyof Ink) => {
    if (ink === null) return;
    surface.fillStyle = ink[token];
    surface.fillText(text, at.x, at.y);
  };
  surface.textAlign = "left";
  surface.textBaseline = "middle";
  let y = top + INSET;
  surface.font = `600 13px ${FONT}`;
  words(caption.title, { x: INSET, y }, "ink");
  const time = `${spokenTime(caption.at)}, mean of ${caption.windowSeconds} s`;
  const titleWidth = surface.measureText(caption.title).width;
  surface.font = `400 12px ${FONT}`;
  const beside = INSET + titleWidth + GAP;
  const fits = beside + surface.measureText(time).width + INSET <= width;
  if (!fits) y += LINE;
  words(time, { x: fits ? beside : INSET, y }, "ink-2");
  let x = INSET;
  y += LINE;
  for (const entry of ENTRIES) {
    const long = SAMPLE + surface.measureText(entry.words).width;
    if (x > INSET && x + long + INSET > width) {
      x = INSET;
      y += LINE;
    }
    if (ink !== null) entry.paint(surface, { x, y, ink });
    words(entry.words, { x: x + SAMPLE, y }, "ink-2");
    x += long + GAP;
  }
  return y + INSET - top;
}

/** `2026-11-25 23:01:12 UTC`. */
function spokenTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
