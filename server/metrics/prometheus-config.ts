/** Configuration of a real Prometheus for a mesh: what it scrapes comes from files, which it watches. */
import { stringify } from "yaml";
import { KEPT_METRICS } from "@/lib/metrics/names";
import { CONTROLLER_TARGET, type ScrapeTarget, SIDECAR_METRICS_PATH, SIDECAR_METRICS_QUERY } from "./targets";

export interface PrometheusConfigOptions {
  readonly scrapeIntervalSeconds: number;
  /** Paths of the two target files, absolute or relative to the configuration. */
  readonly sidecarsFile: string;
  readonly controllerFile: string;
}

/** Text of prometheus.yml. Only the metrics Meshdeck reads are kept. */
export function prometheusConfig(options: PrometheusConfigOptions): string {
  const keep = { source_labels: ["__name__"], regex: KEPT_METRICS.join("|"), action: "keep" };
  const job = (name: string, file: string) => ({
    job_name: name,
    file_sd_configs: [{ files: [file], refresh_interval: "30s" }],
    metric_relabel_configs: [keep],
  });
  return stringify({
    global: {
      scrape_interval: `${options.scrapeIntervalSeconds}s`,
      scrape_timeout: `${Math.min(10, options.scrapeIntervalSeconds)}s`,
    },
    scrape_configs: [
      {
        ...job("sidecars", options.sidecarsFile),
        metrics_path: SIDECAR_METRICS_PATH,
        params: { [SIDECAR_METRICS_QUERY]: [""] },
      },
      job(CONTROLLER_TARGET, options.controllerFile),
    ],
  });
}

/** Contents of the two target files (JSON). Write them atomically: a torn file is an error to Prometheus. */
export function targetFiles(targets: readonly ScrapeTarget[]): { sidecars: string; controller: string } {
  const isController = (target: ScrapeTarget) => target.id === CONTROLLER_TARGET;
  return {
    sidecars: fileSd(targets.filter((target) => !isController(target))),
    controller: fileSd(targets.filter(isController)),
  };
}

function fileSd(targets: readonly ScrapeTarget[]): string {
  const groups = targets.map(({ url, labels: { job: _job, ...labels } }) => {
    const { host, pathname } = new URL(url);
    const path = pathname === SIDECAR_METRICS_PATH || pathname === "/metrics" ? {} : { __metrics_path__: pathname };
    return { targets: [host], labels: { ...labels, ...path } };
  });
  return `${JSON.stringify(groups, null, 2)}\n`;
}
