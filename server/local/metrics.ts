/** Metrics of local mode: a real Prometheus when there is one, else the embedded store. */
import { mkdirSync } from "node:fs";
import { AppError } from "@/lib/contract/errors";
import type { Pod } from "@/lib/kube/objects";
import { KEPT_METRICS } from "@/lib/metrics/names";
import { serveStore } from "@/server/metrics/embedded/http";
import { createScraper } from "@/server/metrics/embedded/scraper";
import { DEFAULT_STORE_OPTIONS, MetricStore } from "@/server/metrics/embedded/store";
import { prometheusConfig, targetFiles } from "@/server/metrics/prometheus-config";
import { scrapeTargets } from "@/server/metrics/targets";
import { atomicWrite } from "@/server/platform/atomic-write";
import { type ClusterStore, PODS } from "./cluster";
import type { DataFolder } from "./data-folder";
import { onPath } from "./envoy";
import type { Part } from "./supervisor/supervise";
import type { Teardown } from "./teardown";

const SCRAPE_SECONDS = 2;

export interface MetricsOptions {
  readonly kind: "auto" | "embedded" | "prometheus";
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly data: DataFolder;
  readonly host: string;
  readonly port: number;
  /** Address of the controller's metrics. */
  readonly controllerUrl: string;
  readonly store: ClusterStore;
  readonly teardown: Teardown;
  /** Starts a supervised program; resolves when it serves. */
  readonly supervise: (part: Part) => Promise<void>;
  /** The environment of children, and where their lines go. */
  readonly childEnv: Readonly<Record<string, string>>;
  readonly logTo: (name: string) => (line: string) => void;
  readonly warn: (message: string) => void;
}

export interface LocalMetrics {
  readonly kind: "embedded" | "prometheus";
  readonly url: string;
}

/** Throws an AppError when a Prometheus is asked for and there is none. */
export function findPrometheus(kind: MetricsOptions["kind"], env: MetricsOptions["env"]): string | null {
  if (kind === "embedded") return null;
  const found = env.MESHDECK_PROMETHEUS || onPath("prometheus", env);
  if (!found && kind === "prometheus") {
    throw new AppError("invalid_request", "No prometheus was found on the PATH.", {
      hint: "Install it, set MESHDECK_PROMETHEUS to it, or leave out --metrics.",
    });
  }
  return found || null;
}

export async function startMetrics(options: MetricsOptions): Promise<LocalMetrics> {
  const pods = new Map<string, Pod>();
  let changed = () => {};
  const stop = await options.store.watch(PODS, ({ type, object }) => {
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    if (type === "DELETED") pods.delete(key);
    else pods.set(key, object as Pod);
    changed();
  });
  options.teardown.add("metrics targets", stop);
  const targets = () => scrapeTargets([...pods.values()], options.controllerUrl);
  const program = findPrometheus(options.kind, options.env);
  if (program) {
    changed = await startPrometheus(program, targets, options);
    return { kind: "prometheus", url: `http://${options.host}:${options.port}` };
  }
  const store = new MetricStore({ ...DEFAULT_STORE_OPTIONS, keep: KEPT_METRICS });
  const scraper = createScraper({ targets, intervalMs: SCRAPE_SECONDS * 1000, store });
  options.teardown.add("scraper", () => scraper.close());
  const server = await serveStore(store, { host: options.host, port: options.port });
  options.teardown.add("metrics store", () => server.close());
  return { kind: "embedded", url: server.url };
}

/** Returns what to call when the targets may have changed. */
async function startPrometheus(
  program: string,
  targets: () => ReturnType<typeof scrapeTargets>,
  options: MetricsOptions,
): Promise<() => void> {
  const { data, host, port } = options;
  mkdirSync(data.at("prometheus"), { recursive: true, mode: 0o700 });
  const files = {
    sidecars: data.at("prometheus", "sidecars.json"),
    controller: data.at("prometheus", "controller.json"),
  };
  const write = async () => {
    const contents = targetFiles(targets());
    await atomicWrite(files.sidecars, contents.sidecars);
    await atomicWrite(files.controller, contents.controller);
  };
  const config = prometheusConfig({
    scrapeIntervalSeconds: SCRAPE_SECONDS,
    sidecarsFile: files.sidecars,
    controllerFile: files.controller,
  });
  await atomicWrite(data.at("prometheus", "prometheus.yml"), config);
  await write();
  await options.supervise({
    name: "prometheus",
    spec: () => ({
      command: program,
      args: [
        `--config.file=${data.at("prometheus", "prometheus.yml")}`,
        `--storage.tsdb.path=${data.at("prometheus", "data")}`,
        `--web.listen-address=${host}:${port}`,
        "--storage.tsdb.retention.time=6h",
        "--log.level=warn",
      ],
      env: options.childEnv,
      cwd: data.path,
      onLine: options.logTo("prometheus"),
    }),
    ready: async () => (await fetch(`http://${host}:${port}/-/ready`, { signal: AbortSignal.timeout(2000) })).ok,
  });
  return gathered(write, options.warn);
}

/** Runs `work` soon after it is called, once for many calls, one at a time. */
function gathered(work: () => Promise<void>, warn: (message: string) => void): () => void {
  let waiting = false;
  let running = Promise.resolve();
  const run = () => {
    waiting = false;
    running = running.then(work).catch((error: unknown) => warn(`Prometheus's targets could not be written: ${error}`));
  };
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(run, 200).unref();
  };
}
