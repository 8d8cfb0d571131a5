/** Reads Prometheus's HTTP API (also of Thanos, Mimir and VictoriaMetrics). */
import { z } from "zod";
import { AppError } from "@/lib/contract/errors";
import { quantilesOf } from "@/lib/metrics/bucket-rates";
import { compile } from "@/lib/metrics/compile";
import type { MetricsSource } from "@/lib/metrics/query";
import { OPEN_ACCESS, openDoor, type StoreAccess } from "./access";
import { MATRIX, malformed, PROMETHEUS, type RowReader, readRows, VECTOR } from "./prometheus-answer";
import { rowsInSlices } from "./prometheus-slices";
import { parseAnswer, requestStore } from "./request";

export interface PrometheusOptions {
  /** The base: `/api/v1/query` is put behind it. */
  readonly url: string;
  readonly timeoutMs: number;
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
export function createPrometheusSource({ url, timeoutMs, access = OPEN_ACCESS }: PrometheusOptions): MetricsSource {
  const door = openDoor(access);
  const base = url.replace(/\/+$/, "");
  const ask = async <Row>(path: string, form: Record<string, string>, { reader, signal }: Asked<Row>) => {
    const answer = await requestStore({
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
    const rows = answer.status === 200 ? await rowsInSlices(answer.bytes, reader) : null;
    if (rows !== null) return rows;
    const body = parseAnswer(answer, PROMETHEUS);
    const read = AnswerSchema.safeParse(body);
    if (read.success) return readRows(read.data.data, reader);
    throw failure(answer.status, body);
  };
  return quantilesOf({
    async instant(query, at, signal) {
      return ask("query", { query: compile(query), time: seconds(at) }, { reader: VECTOR, signal });
    },
    async range(query, { start, end, stepSeconds }, signal) {
      const form = { query: compile(query), start: seconds(start), end: seconds(end), step: seconds(stepSeconds) };
      return ask("query_range", form, { reader: MATRIX, signal });
    },
  });
}

interface Asked<Row> {
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
