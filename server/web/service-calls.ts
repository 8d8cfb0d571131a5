/** What all callers of a service together saw, from the samples of the graph. */
import type { z } from "zod";
import type { LatencySchema } from "@/lib/contract/topology";
import type { MeshSamples } from "@/lib/metrics/mesh-queries";
import { BUCKET_LABEL, CLUSTER_LABEL, ENVOY_RESPONSE_CODE_CLASS, parseClusterName } from "@/lib/metrics/names";
import { type Bucket, quantile, upperBound } from "@/lib/metrics/quantile";
import type { Sample } from "@/lib/metrics/query";

export interface ServiceCalls {
  readonly requestsPerSecond: number;
  /** 5xx, of requestsPerSecond; null when idle. */
  readonly errorRatio: number | null;
  readonly latencyMs: z.infer<typeof LatencySchema> | null;
}

/** By service key. Services without calls are left out. */
export function serviceCalls(samples: MeshSamples): ReadonlyMap<string, ServiceCalls> {
  const rates = new Map<string, { all: number; failed: number }>();
  for (const sample of samples.requests) {
    const service = serviceOf(sample);
    if (service === null || !sample.value) continue;
    const rate = rates.get(service) ?? { all: 0, failed: 0 };
    rate.all += sample.value;
    if (sample.labels[ENVOY_RESPONSE_CODE_CLASS] === "5") rate.failed += sample.value;
    rates.set(service, rate);
  }
  const buckets = bucketsByService(samples.latency);
  return new Map(
    [...rates].map(([service, { all, failed }]) => [
      service,
      { requestsPerSecond: all, errorRatio: failed / all, latencyMs: latency(buckets.get(service) ?? []) },
    ]),
  );
}

function bucketsByService(samples: readonly Sample[]): ReadonlyMap<string, Bucket[]> {
  const byService = new Map<string, Bucket[]>();
  for (const sample of samples) {
    const service = serviceOf(sample);
    const bound = upperBound(sample.labels[BUCKET_LABEL] ?? "");
    if (service === null || bound === null) continue;
    const list = byService.get(service) ?? [];
    list.push({ upperBound: bound, count: sample.value ?? 0 });
    byService.set(service, list);
  }
  return byService;
}

function latency(buckets: readonly Bucket[]): ServiceCalls["latencyMs"] {
  const p50 = quantile(0.5, buckets);
  return p50 === null ? null : { p50, p95: quantile(0.95, buckets), p99: quantile(0.99, buckets) };
}

/** The service a caller's sidecar counted for; null for what the called side counted. */
function serviceOf(sample: Sample): string | null {
  const cluster = parseClusterName(sample.labels[CLUSTER_LABEL] ?? "");
  return cluster ? `${cluster.namespace}/${cluster.name}` : null;
}
