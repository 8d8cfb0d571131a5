/** The embedded Kubernetes API with the demo's objects and a store with figures of its calls, in this process. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKubeApi } from "@/server/local/api/server";
import { serveStore } from "@/server/metrics/embedded/http";
import { DEFAULT_STORE_OPTIONS, MetricStore } from "@/server/metrics/embedded/store";
import { demoObjects, resourceOf } from "./demo-objects";

export interface DemoApi {
  readonly store: Awaited<ReturnType<typeof createKubeApi>>["store"];
  /** YAML. */
  readonly kubeconfig: string;
  readonly apiUrl: string;
  readonly metricsUrl: string;
  /** What stands behind metricsUrl. */
  readonly metrics: MetricStore;
  readonly stop: () => Promise<void>;
}

/** `empty`: an API without the demo's objects and a store without figures. */
export async function startDemoApi({ empty = false }: { readonly empty?: boolean } = {}): Promise<DemoApi> {
  const dataFolder = mkdtempSync(join(tmpdir(), "meshdeck-web-"));
  const log = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
  const options = { host: "127.0.0.1", port: 0, dataFolder, token: "t", crdFolder: "deploy/crds", tls: false } as const;
  const api = await createKubeApi({ ...options, log, podLogs: async () => null });
  for (const object of empty ? [] : demoObjects()) {
    await api.store.create(resourceOf(object), object);
  }
  const metrics = new MetricStore(DEFAULT_STORE_OPTIONS);
  const started = Date.now() - 60_000;
  const scrape = (at: number) => {
    if (!empty) writeScrape(metrics, at, (at - started) / 1000);
  };
  for (let at = started; at <= Date.now(); at += 1_000) scrape(at);
  const timer = setInterval(() => scrape(Date.now()), 1_000);
  const served = await serveStore(metrics, { host: "127.0.0.1", port: 0 });
  return {
    store: api.store,
    kubeconfig: api.kubeconfig(),
    apiUrl: api.url,
    metricsUrl: served.url,
    metrics,
    async stop() {
      clearInterval(timer);
      await served.close();
      await api.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Three calls in four go to v1, ten calls a second in all. */
function writeScrape(metrics: MetricStore, at: number, seconds: number): void {
  const labels = {
    source_namespace: "bookbuyer",
    source_workload_kind: "deployment",
    source_workload_name: "bookbuyer",
    source_pod_name: "bookbuyer-1",
  };
  const scrape = metrics.scrape({ id: "bookbuyer-1", labels }, at);
  for (const [backend, perSecond] of [
    ["bookstore-v1", 7.5],
    ["bookstore-v2", 2.5],
  ] as const) {
    const cluster = `envoy_cluster_name="bookstore/${backend}|14001"`;
    scrape.add(`envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",${cluster}}`, perSecond * seconds);
  }
  scrape.commit();
}
