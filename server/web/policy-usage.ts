/** Which policies let calls in, and when they last did, as Envoy counted by the policy's name. */
import { ENVOY_POLICY_ALLOWED, ENVOY_POLICY_LABEL } from "@/lib/metrics/names";
import type { MetricsSource, RateQuery } from "@/lib/metrics/query";

export interface PolicyUsage {
  /** Calls per second by policy name; null when nobody can say. */
  readonly perSecond: ReadonlyMap<string, number> | null;
  /** Unix milliseconds by policy name, within what was looked back at. */
  readonly lastUsedAt: ReadonlyMap<string, number>;
}

export const NO_USAGE: PolicyUsage = { perSecond: null, lastUsedAt: new Map() };

const LOOK_BACK_SECONDS = 3600;
const STEP_SECONDS = 60;

/** Two queries. Rejects when the metrics are away. */
export async function readPolicyUsage(
  metrics: MetricsSource,
  { at, windowSeconds }: { readonly at: number; readonly windowSeconds: number },
): Promise<PolicyUsage> {
  const end = Math.floor(at / 1000);
  const [now, past] = await Promise.all([
    metrics.instant(usage(windowSeconds), at / 1000),
    metrics.range(usage(STEP_SECONDS), { start: end - LOOK_BACK_SECONDS, end, stepSeconds: STEP_SECONDS }),
  ]);
  const perSecond = new Map<string, number>();
  for (const { labels, value } of now) {
    const name = policyName(labels[ENVOY_POLICY_LABEL]);
    perSecond.set(name, (perSecond.get(name) ?? 0) + (value ?? 0));
  }
  const lastUsedAt = new Map<string, number>();
  for (const { labels, points } of past) {
    const last = points.findLast(([, value]) => value !== null && value > 0);
    const name = policyName(labels[ENVOY_POLICY_LABEL]);
    if (last) lastUsedAt.set(name, Math.max(last[0] * 1000, lastUsedAt.get(name) ?? 0));
  }
  return { perSecond, lastUsedAt };
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

function policyName(label: string | undefined): string {
  return label ?? "";
}
