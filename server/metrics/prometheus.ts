/** Reads Prometheus's HTTP API (also of Thanos, Mimir and VictoriaMetrics). */
import { z } from "zod";
import { AppError } from "@/lib/contract/errors";
import { compile } from "@/lib/metrics/compile";
import type { MetricsSource } from "@/lib/metrics/query";
import { OPEN_ACCESS, openDoor, type StoreAccess } from "./access";
import { malformed, PROMETHEUS, readMatrix, readVector } from "./prometheus-answer";
import { requestStore } from "./request";

export interface PrometheusOptions {
  /** The base: `/api/v1/query` is put behind it. */
  readonly url: string;
  readonly timeoutMs: number;
  /** Who asks and whom one trusts; without it nobody in particular. */
  readonly access?: StoreAccess;
}

const AnswerSchema = z.object({ status: z.literal("success"), data: z.unknown() });
const FailureSchema = z.object({ status: z.literal("error"), errorType: z.string(), error: z.string() });

/** Queries are sent as forms, so that long ones fit. */
export function createPrometheusSource({ url, timeoutMs, access = OPEN_ACCESS }: PrometheusOptions): MetricsSource {
  const door = openDoor(access);
  const base = url.replace(/\/+$/, "");
  const ask = async (path: string, form: Record<string, string>, signal: AbortSignal | undefined) => {
    const { status, body } = await requestStore({
      url: `${base}/api/v1/${path}`,
      body: new URLSearchParams({ ...form, timeout: `${Math.ceil(timeoutMs / 1000)}s` }).toString(),
      contentType: "application/x-www-form-urlencoded",
      door,
      timeoutMs,
      what: PROMETHEUS,
      signal,
    });
    const answer = AnswerSchema.safeParse(body);
    if (answer.success) return answer.data.data;
    throw failure(status, body);
  };
  return {
    async instant(query, at, signal) {
      return readVector(await ask("query", { query: compile(query), time: seconds(at) }, signal));
    },
    async range(query, { start, end, stepSeconds }, signal) {
      const form = { query: compile(query), start: seconds(start), end: seconds(end), step: seconds(stepSeconds) };
      return readMatrix(await ask("query_range", form, signal));
    },
  };
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
