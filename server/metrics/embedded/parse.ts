/** Prometheus's text exposition format, version 0.0.4. */
import type { Labels } from "@/lib/metrics/query";

/**
 * Takes text in pieces and calls `onSample` for every sample line with its series as written (`name{a="b"}`) and its
 * value. Timestamps in lines are not used: a scrape has one time. Throws SyntaxError for a line that is no sample.
 */
export class ExpositionReader {
  #rest = "";

  constructor(private readonly onSample: (series: string, value: number) => void) {}

  push(text: string): void {
    const all = this.#rest + text;
    let start = 0;
    for (let end = all.indexOf("\n"); end >= 0; end = all.indexOf("\n", start)) {
      this.#line(all, start, end);
      start = end + 1;
    }
    this.#rest = all.slice(start);
  }

  end(): void {
    this.#line(this.#rest, 0, this.#rest.length);
    this.#rest = "";
  }

  #line(text: string, start: number, end: number): void {
    if (start >= end || text[start] === "#") return;
    const line = text.slice(start, text[end - 1] === "\r" ? end - 1 : end);
    const brace = line.lastIndexOf("}");
    const cut = brace >= 0 ? brace + 1 : line.search(/[ \t]/);
    const value = cut > 0 ? parseValue(line.slice(cut)) : null;
    if (value !== null) this.onSample(line.slice(0, cut), value);
    else if (line.trim() !== "") throw new SyntaxError(`not a line of metrics: ${line.slice(0, 120)}`);
  }
}

/** The metric's name of a series as written. */
export function metricName(series: string): string {
  const brace = series.indexOf("{");
  return brace < 0 ? series : series.slice(0, brace).trimEnd();
}

/** Labels of a series as written; null when it is not well formed. */
export function parseLabels(series: string): Labels | null {
  const brace = series.indexOf("{");
  if (brace < 0) return {};
  const labels: Record<string, string> = {};
  const pair = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|(?=\}))/y;
  let at = brace + 1;
  while (series.slice(at).trimStart() !== "}") {
    pair.lastIndex = at;
    const match = pair.exec(series);
    if (match?.[1] === undefined || match[2] === undefined) return null;
    labels[match[1]] = unescapeValue(match[2]);
    at = pair.lastIndex;
  }
  return labels;
}

function parseValue(rest: string): number | null {
  const [text, timestamp, more] = rest.trim().split(/[ \t]+/);
  if (text === undefined || text === "" || more !== undefined) return null;
  if (timestamp !== undefined && !/^-?\d+$/.test(timestamp)) return null;
  if (text === "NaN") return Number.NaN;
  const infinity = /^([+-]?)Inf$/i.exec(text);
  if (infinity) return infinity[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(text);
  return Number.isNaN(value) ? null : value;
}

function unescapeValue(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
}
