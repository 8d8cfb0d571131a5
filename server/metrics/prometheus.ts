/** Reads Prometheus's HTTP API (also of Thanos, Mimir and VictoriaMetrics). */
import { z } from "zod";
import { AppError } from "@/lib/contract/errors";
import { quantilesOf } from "@/lib/metrics/bucket-rates";
import { compile } from "@/lib/metrics/compile";
import type { StoreQuery, TimeRange } from "@/lib/metrics/query";
import type { ScannedSource } from "@/lib/metrics/scan";
import { OPEN_ACCESS, openDoor, type StoreAccess } from "./access";
import { MATRIX, malformed, PROMETHEUS, type RowReader, readRows, VECTOR } from "./prometheus-answer";
import { takeRows } from "./prometheus-slices";
import { openStore, parseAnswer } from "./request";

export interface PrometheusOptions {
  /** The base: `/api/v1/query` is put behind it. */
  readonly url: string;
  readonly timeoutMs: number;
  /** Of scans, which bring much; as the others' when left out. */
  readonly scanTimeoutMs?: number;
  /** Who asks and whom one trusts; without it nobody in particular. */
  readonly access?: StoreAccess;
}

const AnswerSchema = z.object({ status: z.literal("success"), data: z.unknown() });
const FailureSchema = z.object({ status: z.literal("error"), errorType: z.string(), error: z.string() });

/**
 * By itself VictoriaMetrics moves a range to the grid of its cache and keeps back the newest half minute, which is most of
 * what a live graph is about. The others do not know these fields.
 */
const AS_ASKED = { nocache: "1", latency_offset: "1ms" };

/** Queries are sent as forms, so that long ones fit. */
export function createPrometheusSource({
  url,
  timeoutMs,
  scanTimeoutMs = timeoutMs,
  access = OPEN_ACCESS,
}: PrometheusOptions): ScannedSource {
  const door = openDoor(access);
  const base = url.replace(/\/+$/, "");
  const ask = async <Row>(
    { path, form, timeoutMs, reader, signal }: Asked<Row>,
    each: (rows: readonly Row[]) => void,
  ) => {
    const { status, body } = await openStore({
      url: `${base}/api/v1/${path}`,
      question: {
        body: new URLSearchParams({ ...form, ...AS_ASKED, timeout: `${Math.ceil(timeoutMs / 1000)}s` }).toString(),
        contentType: "application/x-www-form-urlencoded",
      },
      door,
      timeoutMs,
      what: PROMETHEUS,
      signal,
    });
    const rest = parseAnswer({ status, bytes: await takeRows(body, reader, each) }, PROMETHEUS);
    const read = AnswerSchema.safeParse(rest);
    if (!read.success) throw failure(status, rest);
    each(readRows(read.data.data, reader));
  };
  const askAll = async <Row>(asked: Asked<Row>): Promise<readonly Row[]> => {
    const all: Row[] = [];
    await ask(asked, (rows) => {
      for (const row of rows) all.push(row);
    });
    return all;
  };
  const overRange = (query: StoreQuery, { start, end, stepSeconds }: TimeRange) => ({
    path: "query_range",
    form: { query: compile(query), start: seconds(start), end: seconds(end), step: seconds(stepSeconds) },
    reader: MATRIX,
  });
  const source = quantilesOf({
    async instant(query, at, signal) {
      const form = { query: compile(query), time: seconds(at) };
      return askAll({ path: "query", form, timeoutMs, reader: VECTOR, signal });
    },
    async range(query, range, signal) {
      return askAll({ ...overRange(query, range), timeoutMs, signal });
    },
  });
  return {
    ...source,
    scan: (query, range, each, signal) => ask({ ...overRange(query, range), timeoutMs: scanTimeoutMs, signal }, each),
  };
}

interface Asked<Row> {
  readonly path: string;
  readonly form: Record<string, string>;
  readonly timeoutMs: number;
  readonly reader: RowReader<Row>;
  readonly signal: AbortSignal | undefined;
}

function failure(status: number, body: unknown): AppError {
  const parsed = FailureSchema.safeParse(body);
  if (!parsed.success) return malformed();
  const { errorType, error } = parsed.data;
  if (errorType === "timeout" || errorType === "canceled") {
    return new AppError("upstream_timeout", `${PROMETHEUS} gave up on a query: ${error}.`, {
      hint: "Try a shorter range.",
    });
  }
  if (errorType === "unavailable" || status >= 500) {
    return new AppError("upstream_unavailable", `${PROMETHEUS} cannot answer now: ${error}.`, {
      hint: "Look at its log.",
    });
  }
  return new AppError("upstream_malformed", `${PROMETHEUS} refused a query: ${error}.`, {
    hint: "Its limits may be too low for this mesh (for example query.max-samples).",
  });
}

/** Unix seconds to the millisecond, never with an exponent. */
function seconds(value: number): string {
  return value.toFixed(3);
}
