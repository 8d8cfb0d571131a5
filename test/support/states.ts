/** The dashboard in each state an operator meets: a mesh, an empty cluster, no rights, and sources that go away and come back. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Dashboard, startDashboard } from "./dashboard";
import { startDemoApi } from "./demo-api";
import { type Gate, startGate } from "./gate";

export interface States {
  /** The demo's objects and figures of its calls; no controller answers. */
  readonly mesh: Dashboard;
  /** A cluster in which nothing is meshed, and a store without series. */
  readonly empty: Dashboard;
  /** The API server forbids every read. */
  readonly forbidden: Dashboard;
  /** The objects of `mesh`, and a store that has never answered. */
  readonly unmeasured: Dashboard;
  /** In front of what the pages of `mesh` ask its server for: open it at `door.url`. */
  readonly door: Gate;
  /** In front of the metrics store of `mesh`. */
  readonly metrics: Gate;
  /** In front of the API server of `mesh`. */
  readonly kubernetes: Gate;
  stop(): Promise<void>;
}

export async function startStates(): Promise<States> {
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-states-"));
  const [demo, nothing] = await Promise.all([startDemoApi(), startDemoApi({ empty: true })]);
  const [kubernetes, metrics, forbidding] = await Promise.all([
    startGate(demo.apiUrl),
    startGate(demo.metricsUrl),
    startGate(demo.apiUrl, { modeOf: () => "forbidden" }),
  ]);
  const kubeconfig = (name: string, text: string, url: { from: string; to: string }) => {
    const file = join(folder, name);
    writeFileSync(file, text.replaceAll(url.from, url.to));
    return file;
  };
  const dashboard = (file: string, metricsUrl: string) =>
    startDashboard({
      MESHDECK_KUBECONFIG: file,
      MESHDECK_METRICS_URL: metricsUrl,
      MESHDECK_METRICS_KIND: "embedded",
      MESHDECK_CONTROLLER_URL: "https://127.0.0.1:9",
    });
  const through = (gate: Gate) => ({ from: demo.apiUrl, to: gate.url });
  const [mesh, empty, forbidden, unmeasured] = await Promise.all([
    dashboard(kubeconfig("mesh", demo.kubeconfig, through(kubernetes)), metrics.url),
    dashboard(kubeconfig("empty", nothing.kubeconfig, { from: "", to: "" }), nothing.metricsUrl),
    dashboard(kubeconfig("forbidden", demo.kubeconfig, through(forbidding)), demo.metricsUrl),
    dashboard(kubeconfig("unmeasured", demo.kubeconfig, { from: "", to: "" }), "http://127.0.0.1:9"),
  ]);
  const door = await startGate(mesh.url, {
    modeOf: (path) => (path.startsWith("/api/") ? null : "open"),
    keepsHost: true,
  });
  return {
    mesh,
    empty,
    forbidden,
    unmeasured,
    door,
    metrics,
    kubernetes,
    async stop() {
      await Promise.all([mesh, empty, forbidden, unmeasured].map((each) => each.stop()));
      await Promise.all([door, kubernetes, metrics, forbidding].map((each) => each.stop()));
      await Promise.all([demo, nothing].map((each) => each.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
