/**
 * The answers of Prometheus's HTTP API. Read by hand: a mesh has hundreds of thousands of rows, of which a schema would
 * make copies with every label checked, at ten times the cost of parsing the text.
 */
import { AppError } from "@/lib/contract/errors";
import type { Labels, Sample, Series } from "@/lib/metrics/query";

export const PROMETHEUS = "Prometheus";

/** `data` of an instant query. Throws AppError `upstream_malformed` for anything that is no vector. */
export function readVector(data: unknown): readonly Sample[] {
  return rowsOf(data, "vector").map((row) => ({ labels: labelsOf(row), value: pointOf(row.value)[1] }));
}

/** `data` of a range query. Throws AppError `upstream_malformed` for anything that is no matrix. */
export function readMatrix(data: unknown): readonly Series[] {
  return rowsOf(data, "matrix").map((row) => {
    if (!Array.isArray(row.values)) throw malformed();
    return { labels: labelsOf(row), points: row.values.map(pointOf) };
  });
}

export function malformed(): AppError {
  return new AppError("upstream_malformed", `${PROMETHEUS} answered in a shape that is not known.`, {
    hint: "Check that the address is the one of a Prometheus API.",
  });
}

interface Row {
  readonly metric?: unknown;
  readonly value?: unknown;
  readonly values?: unknown;
}

function rowsOf(data: unknown, type: "vector" | "matrix"): readonly Row[] {
  if (!isObject(data) || data.resultType !== type || !Array.isArray(data.result)) throw malformed();
  if (!data.result.every(isObject)) throw malformed();
  return data.result;
}

function labelsOf({ metric }: Row): Labels {
  if (!isObject(metric)) throw malformed();
  for (const name in metric) if (typeof metric[name] !== "string") throw malformed();
  return metric as Labels;
}

/** [unix seconds, value]; the value is text, and null where it says NaN or infinity. */
function pointOf(point: unknown): readonly [number, number | null] {
  if (!Array.isArray(point)) throw malformed();
  const [at, text] = point as readonly unknown[];
  if (typeof at !== "number" || typeof text !== "string") throw malformed();
  const value = Number(text);
  return [at, Number.isFinite(value) ? value : null];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
