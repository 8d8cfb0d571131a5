import type { DataSource } from "@/lib/contract/settings";
import { KEPT_METRICS, PART_LABEL } from "@/lib/metrics/names";
import type { InstantQuery, MetricsSource, UnionQuery } from "@/lib/metrics/query";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import { formatDuration } from "@/lib/time/duration";
import { checkSource, type Fact, type Finding, hostOf } from "./data-sources";
import type { WebSettings } from "./settings";

export interface MetricsCheck {
  readonly settings: WebSettings["metrics"];
  readonly metrics: MetricsSource;
  readonly telemetry: () => Promise<Telemetry>;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const KIND = { prometheus: "Prometheus or one that answers like it", embedded: "Local mode's own store" } as const;
/** A store that scrapes itself says these of itself. */
const BUILD_INFO = "prometheus_build_info";
const RETENTION = "prometheus_tsdb_retention_limit_seconds";

/** Kind, dialect, latency, and how many series of ours it has. */
export function checkMetrics({ settings, metrics, telemetry, now }: MetricsCheck): Promise<DataSource> {
  const facts: readonly Fact[] =
    settings === null
      ? []
      : [
          ["Address", hostOf(settings.url)],
          ["Kind", KIND[settings.kind]],
        ];
  return checkSource({ id: "metrics", facts, now }, async (): Promise<Finding> => {
    if (settings === null) {
      return {
        state: "absent",
        message: "No metrics store is configured.",
        hint: "Set MESHDECK_METRICS_URL to the address of a Prometheus.",
      };
    }
    const rows = await metrics.instant(question(), now() / 1000);
    const row = (part: string) => rows.find(({ labels }) => labels[PART_LABEL] === part);
    const series = rows
      .filter(({ labels }) => labels[PART_LABEL]?.startsWith("kept"))
      .reduce((sum, { value }) => sum + (value ?? 0), 0);
    const retention = row("retention")?.value ?? null;
    const known: Fact[] = [
      ["Version", row("build")?.labels.version ?? "not said"],
      ["Dialect", (await telemetry()).name],
      ["Series of the mesh", series.toLocaleString("en-US")],
      ["Kept for", retention === null || retention === 0 ? "not said" : formatDuration(retention)],
    ];
    if (series > 0) return { message: "It answers and has figures of the mesh.", facts: known };
    return {
      state: "degraded",
      message: "It answers, but has no series of the mesh.",
      hint: "Let it scrape the sidecars' stats port (15010, /stats/prometheus) and the controller's /metrics.",
      facts: known,
    };
  });
}

function question(): UnionQuery {
  const instant = (metric: string, how: Pick<InstantQuery, "aggregation" | "by">): InstantQuery => ({
    kind: "instant",
    selector: { metric, matchers: [] },
    ...how,
  });
  const kept = KEPT_METRICS.filter((metric) => metric !== "up").map(
    (metric, index) => [`kept${index}`, instant(metric, { aggregation: "count", by: [] })] as const,
  );
  return {
    kind: "union",
    parts: {
      ...Object.fromEntries(kept),
      build: instant(BUILD_INFO, { aggregation: "count", by: ["version"] }),
      retention: instant(RETENTION, { aggregation: "max", by: [] }),
    },
  };
}
