/** The lines of a chart, whatever draws them. */
import { seriesInk } from "./series-ink";

export interface ChartLine {
  readonly id: string;
  readonly label: string;
  /** A CSS colour: var(--color-s1), seriesInk(name). */
  readonly ink: string;
  /** One value per time; null is a gap. */
  readonly values: readonly (number | null)[];
  /** Told apart without colour. */
  readonly dashed?: boolean;
}

const INK: Readonly<Record<string, string>> = {
  requests: "var(--color-s1)",
  errors: "var(--color-fail)",
  denied: "var(--color-denied)",
  p50: "var(--color-s1)",
  p95: "var(--color-s6)",
  p99: "var(--color-s4)",
  connections: "var(--color-s3)",
};
const PERCENTILES = ["p50", "p95", "p99"];

/** The colour of a line by what it is called: meanings, versions and services keep theirs on every page. */
export function lineInk(label: string, index: number): string {
  if (label.includes("/")) return seriesInk(label.split(" ")[0] ?? label);
  return INK[label] ?? `var(--color-s${(index % 8) + 1})`;
}

/** p50, p95 and p99 are drawn as lines with the room between them filled. */
export function isBand(lines: readonly ChartLine[]): boolean {
  return lines.length === 3 && PERCENTILES.every((name, index) => lines[index]?.label === name);
}
