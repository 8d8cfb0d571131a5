/** Reads the embedded store through its HTTP face. */
import { ErrorBodySchema } from "@/lib/contract/error-body";
import { AppError } from "@/lib/contract/errors";
import { quantilesOf } from "@/lib/metrics/bucket-rates";
import { type ScannedSource, scannedAtOnce } from "@/lib/metrics/scan";
import { OPEN_ACCESS, openDoor } from "../access";
import { parseAnswer, requestStore } from "../request";
import { decodeSamples, decodeSeries } from "./wire";

export interface EmbeddedSourceOptions {
  /** Where serveStore listens. */
  readonly url: string;
  readonly timeoutMs?: number;
}

const WHAT = "The metrics store";

export function createEmbeddedSource({ url, timeoutMs = 5000 }: EmbeddedSourceOptions): ScannedSource {
  const base = url.replace(/\/+$/, "");
  const door = openDoor(OPEN_ACCESS);
  const ask = async (path: string, question: unknown, signal: AbortSignal | undefined): Promise<unknown> => {
    const answer = await requestStore({
      url: `${base}${path}`,
      question: { body: JSON.stringify(question), contentType: "application/json" },
      door,
      timeoutMs,
      what: WHAT,
      signal,
    });
    const { status } = answer;
    const body = parseAnswer(answer, WHAT);
    if (status === 200) return body;
    const error = ErrorBodySchema.safeParse(body);
    const message = error.success ? error.data.error.message : `status ${status}`;
    throw new AppError("upstream_malformed", `${WHAT} refused a query: ${message}`);
  };
  const source = quantilesOf({
    instant: async (query, at, signal) => known(decodeSamples(await ask("/api/instant", { query, at }, signal))),
    range: async (query, range, signal) => known(decodeSeries(await ask("/api/range", { query, range }, signal))),
  });
  return scannedAtOnce(source);
}

function known<T>(answer: T | null): T {
  if (answer !== null) return answer;
  throw new AppError("upstream_malformed", `${WHAT} answered in a shape that is not known.`, {
    hint: "Check that MESHDECK_METRICS_KIND fits what MESHDECK_METRICS_URL points at.",
  });
}
