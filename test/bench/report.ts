/** How benches print: a table for people, or with `--json` one line of JSON per figure (names are stable, so runs compare). */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: "ms" | "s" | "MB" | "kB" | "count" | "fps" | "score";
}

export function report(bench: string, setup: string, figures: readonly Figure[]): void {
  if (process.argv.includes("--json")) {
    for (const figure of figures) console.log(JSON.stringify({ bench, ...figure, setup }));
    return;
  }
  console.log(`bench:${bench} (${setup})`);
  const width = Math.max(...figures.map(({ figure }) => figure.length));
  for (const { figure, value, unit } of figures) {
    console.log(`  ${figure.padEnd(width)}  ${value.toPrecision(3).padStart(8)} ${unit}`);
  }
}

/** The q-quantile (0 to 1) of the values, nearest rank. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}
