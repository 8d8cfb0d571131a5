/** Which policies let calls in, and when they last did, as Envoy counted by the policy's name. */
import { AppError } from "@/lib/contract/errors";
import { ENVOY_POLICY_ALLOWED, ENVOY_POLICY_LABEL } from "@/lib/metrics/names";
import type { MetricsSource, RateQuery } from "@/lib/metrics/query";
import type { HourReader } from "./hour-usage";

export interface PolicyUsage {
  /** Calls per second by policy name; null when nobody can say. */
  readonly perSecond: ReadonlyMap<string, number> | null;
  /** Unix milliseconds by policy name, within the last hour. */
  readonly lastUsedAt: ReadonlyMap<string, number>;
}

/** The hour may be read a little later than the frame. */
const FRAME_MS = 5_000;

export interface UsageSources {
  readonly metrics: MetricsSource;
  readonly hour: Pick<HourReader, "read">;
}

/** One query of its own; when they were last used comes from the hour that is read for everybody. */
export async function readPolicyUsage(
  { metrics, hour }: UsageSources,
  { at, windowSeconds }: { readonly at: number; readonly windowSeconds: number },
): Promise<PolicyUsage> {
  const [perSecond, { policies }] = await Promise.all([
    policyRates(metrics, { at, windowSeconds }).catch((error: unknown) => {
      if (error instanceof AppError) return null;
      throw error;
    }),
    hour.read(),
  ]);
  // A frame of the past does not know what came after it.
  const lastUsedAt = new Map([...(policies?.lastUsedAt ?? [])].filter(([, used]) => used <= at + FRAME_MS));
  for (const [policy, rate] of perSecond ?? [])
    if (rate > 0) lastUsedAt.set(policy, Math.max(at, lastUsedAt.get(policy) ?? 0));
  return { perSecond, lastUsedAt };
}

async function policyRates(
  metrics: MetricsSource,
  { at, windowSeconds }: { readonly at: number; readonly windowSeconds: number },
): Promise<ReadonlyMap<string, number>> {
  const rates = new Map<string, number>();
  for (const { labels, value } of await metrics.instant(usage(windowSeconds), at / 1000)) {
    const name = labels[ENVOY_POLICY_LABEL] ?? "";
    rates.set(name, (rates.get(name) ?? 0) + (value ?? 0));
  }
  return rates;
}

/** A rate per policy; a policy stands in the statistics of every sidecar that enforces it. */
function usage(windowSeconds: number): RateQuery {
  return {
    kind: "rate",
    selector: { metric: ENVOY_POLICY_ALLOWED, matchers: [] },
    windowSeconds,
    by: [ENVOY_POLICY_LABEL],
  };
}
