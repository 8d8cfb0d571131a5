import type { DataSource } from "@/lib/contract/settings";
import { KEPT_METRICS, PART_LABEL } from "@/lib/metrics/names";
import type { InstantQuery, MetricsSource, UnionQuery } from "@/lib/metrics/query";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import { formatDuration } from "@/lib/time/duration";
import type { StoreAbout } from "@/server/metrics/about-store";
import type { StoreAccess } from "@/server/metrics/access";
import { checkSource, type Fact, type Finding, hostOf } from "./data-sources";
import { NO_METRICS } from "./metrics-source";
import type { WebSettings } from "./settings";

export interface MetricsCheck {
  readonly settings: WebSettings["metrics"];
  readonly metrics: MetricsSource;
  readonly telemetry: () => Promise<Telemetry>;
  /** What the store says of itself; null of local mode's own. */
  readonly about: (() => Promise<StoreAbout>) | null;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const KIND = { prometheus: "Prometheus or one that answers like it", embedded: "Local mode's own store" } as const;
/** A store that scrapes itself says these of itself, also where it has no status to ask. */
const BUILD_INFO = "prometheus_build_info";
const RETENTION = "prometheus_tsdb_retention_limit_seconds";
const NOTHING: StoreAbout = { application: null, version: null, retention: null };

/** Kind, dialect, latency, and how many series of ours it has. */
export function checkMetrics({ settings, metrics, telemetry, about, now }: MetricsCheck): Promise<DataSource> {
  const facts: readonly Fact[] =
    settings === null
      ? []
      : [
          ["Address", hostOf(settings.url)],
          ...(settings.kind === "embedded" ? [] : ([["Signs in", signsIn(settings.access)]] as const)),
        ];
  return checkSource({ id: "metrics", facts, now }, async (): Promise<Finding> => {
    if (settings === null) return { state: "absent", ...NO_METRICS };
    const [rows, said] = await Promise.all([metrics.instant(question(), now() / 1000), about?.() ?? NOTHING]);
    const row = (part: string) => rows.find(({ labels }) => labels[PART_LABEL] === part);
    const series = rows
      .filter(({ labels }) => labels[PART_LABEL]?.startsWith("kept"))
      .reduce((sum, { value }) => sum + (value ?? 0), 0);
    const retention = row("retention")?.value ?? null;
    const keptFor = retention === null || retention === 0 ? "not said" : formatDuration(retention);
    const known: Fact[] = [
      ["Kind", said.application ?? KIND[settings.kind]],
      ["Version", said.version ?? row("build")?.labels.version ?? "not said"],
      ["Dialect", (await telemetry()).name],
      ["Series of the mesh", series.toLocaleString("en-US")],
      ["Kept for", said.retention ?? keptFor],
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

/** How, and never with what. */
function signsIn({ tokenFile, basic, client, headers }: StoreAccess): string {
  const ways = [
    ...(tokenFile !== null ? ["by bearer token"] : []),
    ...(basic !== null ? [`as ${basic.username}, by password`] : []),
    ...(client !== null ? ["by client certificate"] : []),
    ...(Object.keys(headers).length > 0 ? [`by header ${Object.keys(headers).join(", ")}`] : []),
  ];
  return ways.join("; ") || "not at all";
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
