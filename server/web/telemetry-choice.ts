/** Which dialect the store is asked in: the one that was set, or the one whose figures the store has. */
import { AppError } from "@/lib/contract/errors";
import type { MetricsSource } from "@/lib/metrics/query";
import { DETECTION, detected } from "@/lib/metrics/telemetry/detect";
import { MESHDECK_TELEMETRY } from "@/lib/metrics/telemetry/meshdeck";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";

export interface TelemetryChoiceOptions {
  readonly metrics: MetricsSource;
  /** What it must be; null: what is found. */
  readonly forced: Telemetry | null;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** A mesh is seldom moved to another; the first calls of one may come any moment. */
const ASK_AGAIN_MS = { found: 10 * 60_000, nothing: 15_000 };

/** Never rejects: when the store does not answer it is the one of before, or Meshdeck's own. */
export function chooseTelemetry({ metrics, forced, now }: TelemetryChoiceOptions): () => Promise<Telemetry> {
  if (forced !== null) return async () => forced;
  let known: { readonly telemetry: Telemetry; readonly until: number } | null = null;
  let flight: Promise<Telemetry> | null = null;
  const ask = async (): Promise<Telemetry> => {
    const before = known?.telemetry ?? MESHDECK_TELEMETRY;
    try {
      const found = detected(await metrics.instant(DETECTION, now() / 1000));
      const again = found === null ? ASK_AGAIN_MS.nothing : ASK_AGAIN_MS.found;
      known = { telemetry: found ?? before, until: now() + again };
      return known.telemetry;
    } catch (error) {
      if (error instanceof AppError) return before;
      throw error;
    }
  };
  return async () => {
    if (known !== null && now() < known.until) return known.telemetry;
    flight ??= ask().finally(() => {
      flight = null;
    });
    // Nobody waits for a question whose answer will most likely be the one that is known.
    return known?.telemetry ?? flight;
  };
}
