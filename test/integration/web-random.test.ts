/** Random requests to the dashboard, valid and not, made of its own description: documented answers and no fault. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DASHBOARD_IS_BUILT, type Dashboard, startDashboard } from "../support/dashboard";
import { type DemoApi, startDemoApi } from "../support/demo-api";
import { askAtRandom } from "../support/random-requests";

/** No controller is configured here, and that is a documented answer. */
const OF_THE_CONTROLLER = new Set(["proxies", "proxyConfig", "envoyConfig"]);

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

describe.skipIf(!DASHBOARD_IS_BUILT)("the dashboard's description", () => {
  let web: Dashboard;
  beforeAll(async () => {
    web = await startDashboard({
      MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
      MESHDECK_METRICS_URL: api.metricsUrl,
      MESHDECK_METRICS_KIND: "embedded",
    });
  });
  afterAll(() => web?.stop());

  it("is what random requests are answered by, never with a fault", async () => {
    await askAtRandom(web.url, { runs: 400, mayBeAway: OF_THE_CONTROLLER });
    expect(web.said()).not.toContain("unexpected error");
  });
});
