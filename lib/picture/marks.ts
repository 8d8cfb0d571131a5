/** The marks of states, in a box of 14 around a point; the same shapes as the page's StatusMark. */
import type { Surface } from "./surface";

export type Mark = "degraded" | "failing" | "denied" | "encrypted" | "plaintext";

export interface MarkAt {
  readonly x: number;
  readonly y: number;
  /** Pixels across. */
  readonly size: number;
  readonly ink: string;
}

type Pen = (surface: Surface, at: (x: number, y: number) => readonly [number, number], unit: number) => void;

const PENS: Readonly<Record<Mark, Pen>> = {
  degraded: (surface, at) => {
    outline(surface, at, [0, -5.4, 6, 5.2, -6, 5.2]);
    strokes(surface, at, [0, -1.4, 0, 1.6, 0, 3.4, 0, 3.5]);
  },
  failing: (surface, at) => {
    outline(surface, at, [-2.6, -6, 2.6, -6, 6, -2.6, 6, 2.6, 2.6, 6, -2.6, 6, -6, 2.6, -6, -2.6]);
    strokes(surface, at, [0, -3, 0, 0.6, 0, 2.9, 0, 3]);
  },
  denied: (surface, at, unit) => {
    surface.moveTo(...at(6, 0));
    surface.arc(...at(0, 0), 6 * unit, 0, 2 * Math.PI);
    strokes(surface, at, [-3.2, 0, 3.2, 0]);
  },
  encrypted: (surface, at, unit) => {
    outline(surface, at, [-4, -0.5, 4, -0.5, 4, 5, -4, 5]);
    surface.moveTo(...at(-2.3, -0.5));
    surface.lineTo(...at(-2.3, -2.7));
    surface.arc(...at(0, -2.7), 2.3 * unit, Math.PI, 2 * Math.PI);
    surface.lineTo(...at(2.3, -0.5));
  },
  plaintext: (surface, at, unit) => {
    outline(surface, at, [-4, -0.5, 4, -0.5, 4, 5, -4, 5]);
    surface.moveTo(...at(-2.3, -0.5));
    surface.lineTo(...at(-2.3, -3));
    surface.arc(...at(0, -3), 2.3 * unit, Math.PI, 1.9 * Math.PI);
  },
};

/** Draws a mark around (x, y). */
export function paintMark(surface: Surface, mark: Mark, { x, y, size, ink }: MarkAt): void {
  const unit = size / 14;
  surface.strokeStyle = ink;
  surface.lineWidth = 1.6 * unit;
  surface.lineJoin = "round";
  surface.lineCap = "round";
  surface.beginPath();
  PENS[mark](surface, (px, py) => [x + px * unit, y + py * unit], unit);
  surface.stroke();
  surface.lineCap = "butt";
}

type At = Parameters<Pen>[1];

function outline(surface: Surface, at: At, points: readonly number[]): void {
  for (let index = 0; index < points.length; index += 2) {
    const point = at(points[index] ?? 0, points[index + 1] ?? 0);
    if (index === 0) surface.moveTo(...point);
    else surface.lineTo(...point);
  }
  surface.closePath();
}

function strokes(surface: Surface, at: At, points: readonly number[]): void {
  for (let index = 0; index < points.length; index += 4) {
    surface.moveTo(...at(points[index] ?? 0, points[index + 1] ?? 0));
    surface.lineTo(...at(points[index + 2] ?? 0, points[index + 3] ?? 0));
  }
}
