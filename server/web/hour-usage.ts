/** What the last hour says of the use of policy: read once for everybody, and seldom, because it costs the most. */

import type { CallKinds } from "@/lib/contract/call-kinds";
import { AppError } from "@/lib/contract/errors";
import type { Partial } from "@/lib/contract/topology";
import { nodeId } from "@/lib/kube/refs";
import type { MeshModel } from "@/lib/mesh/model";
import {
  CLUSTER_LABEL,
  PART_LABEL,
  parseClusterName,
  SOURCE_NAMESPACE,
  SOURCE_WORKLOAD_KIND,
  SOURCE_WORKLOAD_NAME,
} from "@/lib/metrics/names";
import type { Labels, MetricsSource, Sample } from "@/lib/metrics/query";
import {
  CALL_TOTALS,
  callsQuery,
  grownTotals,
  POLICY_TOTALS,
  type PolicyUses,
  policyUses,
  SCRAPED,
} from "@/lib/metrics/usage-queries";
import { modelProtocols } from "@/lib/topology/edges";
import type { ControllerClient } from "./controller-client";
import type { MeshView } from "./mesh-view";

export interface HourUsage {
  /** Unix milliseconds: when it was read, and from when on there is anything to read. */
  readonly at: number;
  readonly since: number;
  /** null: the metrics are away. */
  readonly policies: PolicyUses | null;
  /** Called edges as `workload node id>service key`; null: the metrics are away. */
  readonly calls: ReadonlySet<string> | null;
  /** null: the controller is away. */
  readonly kinds: CallKinds | null;
  readonly queries: { readonly count: number; readonly ms: number };
  readonly partial: readonly Partial[];
}

export interface HourSources {
  readonly mesh: () => Promise<MeshView>;
  readonly metrics: MetricsSource;
  readonly controller: Pick<ControllerClient, "callKinds"> | null;
  /** Unix milliseconds. */
  readonly now: () => number;
}

export const HOUR_SECONDS = 3600;
const STEP_SECONDS = 60;
/** A few steps: below that the grid may miss what happened. */
const YOUNG_SECONDS = 300;
const PERIOD_MS = 30_000;
/** A reading may use the store for at most one part in so many of the time. */
const REST = 20;

/** Reads at most every 30 s, and less often when a reading takes long. */
export class HourReader {
  readonly #sources: HourSources;
  #last: { staleAt: number; readonly usage: Promise<HourUsage> } | null = null;

  constructor(sources: HourSources) {
    this.#sources = sources;
  }

  /** Never rejects for a store or a controller that is away: `partial` says so. */
  read(): Promise<HourUsage> {
    const { now } = this.#sources;
    if (this.#last && now() < this.#last.staleAt) return this.#last.usage;
    const asked = { staleAt: Number.POSITIVE_INFINITY, usage: readHour(this.#sources) };
    asked.usage.then(
      ({ queries }) => {
        asked.staleAt = now() + Math.max(PERIOD_MS, REST * queries.ms);
      },
      () => {
        asked.staleAt = 0;
      },
    );
    this.#last = asked;
    return asked.usage;
  }
}

async function readHour(sources: HourSources): Promise<HourUsage> {
  const at = sources.now();
  const { model } = await sources.mesh();
  const partial: Partial[] = [];
  const missing = (part: Partial["part"]) => (error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    partial.push({ part, message: error.message, hint: error.hint ?? "", lastGoodAt: null });
    return null;
  };
  const [measured, kinds] = await Promise.all([
    measure(sources.metrics, { at, model }).catch(missing("metrics")),
    sources.controller?.callKinds(null).catch(missing("controller")) ?? null,
  ]);
  const queries = { count: QUERIES, ms: sources.now() - at };
  const nothing = { since: at, policies: null, calls: null };
  return { at, kinds, queries, partial, ...(measured ?? nothing) };
}

const QUERIES = 4;

async function measure(
  metrics: MetricsSource,
  { at, model }: { readonly at: number; readonly model: MeshModel },
): Promise<Pick<HourUsage, "since" | "policies" | "calls">> {
  const end = Math.floor(at / 1000);
  const range = { start: end - HOUR_SECONDS, end, stepSeconds: STEP_SECONDS };
  const [policies, scraped, now] = await Promise.all([
    metrics.range(POLICY_TOTALS, range),
    metrics.range(SCRAPED, range),
    metrics.instant(callsQuery(HOUR_SECONDS), at / 1000),
  ]);
  const since = scraped.flatMap(({ points }) => points.slice(0, 1)).reduce((first, [one]) => Math.min(first, one), end);
  // Of so short a time nothing is said to be unused: whatever was counted at all counts as used in it.
  const young = end - since < YOUNG_SECONDS;
  // A store that is younger than the hour begins with the first scrape of every sidecar, not of the first.
  const begin = since > range.start ? since + STEP_SECONDS : since;
  const then = young ? [] : await metrics.instant(CALL_TOTALS, begin);
  return {
    since: since * 1000,
    policies: policyUses(policies, young ? null : since),
    calls: calledEdges(model, now, then),
  };
}

function calledEdges(model: MeshModel, now: readonly Sample[], then: readonly Sample[]): ReadonlySet<string> {
  const protocolOf = modelProtocols(model);
  const edges = new Set<string>();
  const take = (labels: Labels, counts: (tcp: boolean) => boolean) => {
    const cluster = parseClusterName(labels[CLUSTER_LABEL] ?? "");
    if (cluster === null) return;
    const service = `${cluster.namespace}/${cluster.name}`;
    if (counts(protocolOf(service, cluster.port) === "tcp")) edges.add(`${sourceOf(labels)}>${service}`);
  };
  const edgeOf = ({ labels }: Sample) => `${sourceOf(labels)}>${labels[CLUSTER_LABEL]}`;
  const grown = grownTotals(
    now.filter(({ labels }) => labels[PART_LABEL] === "total"),
    then,
    edgeOf,
  );
  for (const sample of now) {
    const part = sample.labels[PART_LABEL];
    if (part === "total") take(sample.labels, () => grown.has(edgeOf(sample)));
    // Bytes of an HTTP connection may be nothing but its keepalive.
    else if ((sample.value ?? 0) > 0) take(sample.labels, (tcp) => part === "rate" || tcp);
  }
  return edges;
}

function sourceOf(labels: Labels): string {
  return nodeId({
    namespace: labels[SOURCE_NAMESPACE] ?? "",
    kind: labels[SOURCE_WORKLOAD_KIND] ?? "",
    name: labels[SOURCE_WORKLOAD_NAME] ?? "",
  });
}
