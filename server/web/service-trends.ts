/** GET /api/services/trends: one range query for the sparklines of every service. */
import type { ServiceTrends } from "@/lib/contract/services";
import { key } from "@/lib/kube/refs";
import { CLUSTER_LABEL, parseClusterName } from "@/lib/metrics/names";
import type { Series, TimeRange } from "@/lib/metrics/query";
import { directoryOf } from "@/lib/topology/directory";
import type { TrendSources } from "./trend";

const RANGE_SECONDS = 15 * 60;
const STEP_SECONDS = 45;

/** Rejects as the store does. */
export async function readServiceTrends({ mesh, metrics, telemetry, now }: TrendSources): Promise<ServiceTrends> {
  const started = now();
  const end = Math.floor(started / 1000 / STEP_SECONDS) * STEP_SECONDS;
  const range: TimeRange = { start: end - RANGE_SECONDS, end, stepSeconds: STEP_SECONDS };
  const [dialect, { objects }] = await Promise.all([telemetry(), mesh()]);
  const query = dialect.meshQueries(2 * STEP_SECONDS).requests;
  const rows = query ? dialect.relabel("requests", await metrics.range(query, range), directoryOf(objects)) : [];
  return {
    at: end * 1000,
    stepSeconds: STEP_SECONDS,
    services: sumByService(rows, range),
    queries: { count: query ? 1 : 0, ms: now() - started },
  };
}

/** What callers' sidecars counted, of all callers and answers together. */
function sumByService(rows: readonly Series[], { start, end, stepSeconds }: TimeRange): ServiceTrends["services"] {
  const length = Math.floor((end - start) / stepSeconds) + 1;
  const services: Record<string, (number | null)[]> = {};
  for (const { labels, points } of rows) {
    const cluster = parseClusterName(labels[CLUSTER_LABEL] ?? "");
    if (!cluster) continue;
    const service = key(cluster);
    const values = services[service] ?? Array.from({ length }, () => null);
    services[service] = values;
    for (const [at, value] of points) {
      const index = Math.round((at - start) / stepSeconds);
      if (value !== null && index >= 0 && index < length) values[index] = (values[index] ?? 0) + value;
    }
  }
  return services;
}
