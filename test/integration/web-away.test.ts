/** The dashboard started when nothing it leans on is there: it answers, says what is missing, and finds it when it comes. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Health } from "@/lib/contract/health";
import type { Topology } from "@/lib/contract/topology";
import { DASHBOARD_IS_BUILT, type Dashboard, startDashboard } from "../support/dashboard";
import { type DemoApi, startDemoApi } from "../support/demo-api";
import { eventually } from "../support/local-mode";

let folder: string;
let api: DemoApi;
beforeAll(async () => {
  if (!DASHBOARD_IS_BUILT) return;
  folder = mkdtempSync(join(tmpdir(), "meshdeck-web-"));
  api = await startDemoApi();
  writeFileSync(join(folder, "kubeconfig"), api.kubeconfig);
});
afterAll(async () => {
  await api?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!DASHBOARD_IS_BUILT)("the dashboard's server when all else is away", () => {
  let web: Dashboard;
  beforeAll(async () => {
    web = await startDashboard({
      MESHDECK_KUBECONFIG: join(folder, "later"),
      MESHDECK_METRICS_URL: "http://127.0.0.1:9",
      MESHDECK_CONTROLLER_URL: "https://127.0.0.1:9",
      MESHDECK_STATUS_FILE: join(folder, "status.json"),
    });
  });
  afterAll(() => web?.stop());

  it("answers every page's question and says what is missing", async () => {
    for (const [path, parts] of [
      ["/api/topology", ["kubernetes", "metrics"]],
      ["/api/splits", ["kubernetes", "metrics"]],
      ["/api/access", ["kubernetes", "metrics"]],
      ["/api/security", ["kubernetes", "metrics", "controller"]],
      ["/api/namespaces", ["kubernetes"]],
      ["/api/problems", ["kubernetes"]],
      ["/api/smi/trafficsplits", ["kubernetes"]],
    ] as const) {
      const answer = await web.ask(path);
      expect(answer.status, path).toBe(200);
      expect(
        (answer.body as Topology).partial.map(({ part }) => part),
        path,
      ).toEqual(parts);
    }
    expect((await web.ask("/api/smi/trafficsplits/a/b")).status).toBe(503);
  });

  it("tells its health within a second, and a status file that is half written", async () => {
    writeFileSync(join(folder, "status.json"), '{"parts":[{"name":');
    const started = Date.now();
    const health = await eventually("the file is read", 3, async () => {
      const told = (await web.ask("/api/health")).body as Health;
      return told.parts.some(({ name }) => name === "supervisor") ? told : null;
    });
    expect(Date.now() - started).toBeLessThan(1_500);
    expect(health.status).toBe("down");
    expect(health.parts.filter(({ state }) => state === "down").map(({ name }) => name)).toEqual([
      "kubernetes",
      "metrics",
      "controller",
    ]);
  });

  it("finds Kubernetes when it comes", async () => {
    writeFileSync(join(folder, "later"), api.kubeconfig);
    const found = await eventually("the mesh", 8, async () => {
      const topology = (await web.ask("/api/topology")).body as Topology;
      return topology.partial.every(({ part }) => part !== "kubernetes") ? topology : null;
    });
    expect(found.nodes.map(({ id }) => id)).toContain("bookstore/service/bookstore");
    expect(found.partial.map(({ part }) => part)).toEqual(["metrics"]);
  });
});

describe.skipIf(!DASHBOARD_IS_BUILT)(
  "the dashboard with a metrics store that takes questions and never answers",
  () => {
    const store = createServer();
    let web: Dashboard;
    beforeAll(async () => {
      await new Promise<void>((done) => store.listen(0, "127.0.0.1", done));
      web = await startDashboard({
        MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
        MESHDECK_METRICS_URL: `http://127.0.0.1:${(store.address() as AddressInfo).port}`,
      });
      await eventually("the mesh", 10, async () => {
        const { nodes } = (await web.ask("/api/topology")).body as Topology;
        return nodes.length > 0 || null;
      });
    });
    afterAll(async () => {
      await web?.stop();
      store.closeAllConnections();
      store.close();
    });

    it("shows the mesh all the same, within two seconds, and says what it waits for", async () => {
      for (const window of ["30s", "45s", "30s"]) {
        const started = Date.now();
        const topology = (await web.ask(`/api/topology?window=${window}`)).body as Topology;
        expect(Date.now() - started).toBeLessThan(2_500);
        expect(topology.nodes.map(({ id }) => id)).toContain("bookstore/service/bookstore");
        expect(topology.partial.map(({ part, reason }) => `${part} ${reason}`)).toEqual(["metrics slow"]);
      }
    });
  },
);

describe.skipIf(!DASHBOARD_IS_BUILT)("the dashboard's environment", () => {
  it.each([
    [
      { MESHDECK_METRICS_URL: "prometheus:9090" },
      'MESHDECK_METRICS_URL is "prometheus:9090": must be an http or https',
    ],
    [{ MESHDECK_TELEMETRY: "consul" }, 'MESHDECK_TELEMETRY is "consul"'],
  ] as const)("stops the start when it cannot be used: %j", async (env, sentence) => {
    const error: unknown = await startDashboard(env as Readonly<Record<string, string>>).then(
      (web) => web.stop(),
      (thrown: unknown) => thrown,
    );
    expect(String(error)).toContain(sentence);
    expect(String(error)).toContain("start the dashboard again");
  });
});
