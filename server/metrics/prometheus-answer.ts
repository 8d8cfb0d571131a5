/**
 * The answers of Prometheus's HTTP API. Read by hand: a mesh has hundreds of thousands of rows, of which a schema would
 * make copies with every label checked, at ten times the cost of parsing the text.
 */
import { AppError } from "@/lib/contract/errors";
import type { Labels, Sample, Series } from "@/lib/metrics/query";

export const PROMETHEUS = "Prometheus";

/** How one row of an answer is read. Throws AppError `upstream_malformed` for what is no such row. */
export interface RowReader<Row> {
  /** What Prometheus calls answers of such rows. */
  readonly type: "vector" | "matrix";
  read(row: unknown): Row;
}

/** Rows of an instant query. */
export const VECTOR: RowReader<Sample> = {
  type: "vector",
  read: (row) => ({ labels: labelsOf(row), value: pointOf(isObject(row) ? row.value : null)[1] }),
};

/** Rows of a range query. */
export const MATRIX: RowReader<Series> = {
  type: "matrix",
  read(row) {
    if (!isObject(row) || !Array.isArray(row.values)) throw malformed();
    return { labels: labelsOf(row), points: row.values.map(pointOf) };
  },
};

/** `data` of an answer. Throws AppError `upstream_malformed` for anything that is not of the reader's type. */
export function readRows<Row>(data: unknown, { type, read }: RowReader<Row>): readonly Row[] {
  if (!isObject(data) || data.resultType !== type || !Array.isArray(data.result)) throw malformed();
  return data.result.map(read);
}

export function malformed(): AppError {
  return new AppError("upstream_malformed", `${PROMETHEUS} answered in a shape that is not known.`, {
    hint: "Check that the address is the one of a Prometheus API.",
  });
}

function labelsOf(row: unknown): Labels {
  const metric = isObject(row) ? row.metric : null;
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
