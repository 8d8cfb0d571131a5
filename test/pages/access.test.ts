/** The Access page where calls were never measured, in a real browser. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allFindings, launchChromium, openPage } from "../support/browser";
import { DASHBOARD_IS_BUILT, type Dashboard, startDashboard } from "../support/dashboard";
import type { DemoApi } from "../support/demo-api";
import { startLargeMesh } from "../support/large-mesh";

const available = Boolean(process.env.MESHDECK_CHROMIUM) && DASHBOARD_IS_BUILT;

describe.skipIf(!available)("Access without figures", () => {
  let api: DemoApi;
  let dashboard: Dashboard;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-access-"));
  beforeAll(async () => {
    [api, browser] = await Promise.all([startLargeMesh(20), launchChromium()]);
    writeFileSync(join(folder, "kubeconfig"), api.kubeconfig);
    dashboard = await startDashboard({
      MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
      MESHDECK_METRICS_URL: "http://127.0.0.1:9",
      MESHDECK_METRICS_KIND: "embedded",
      MESHDECK_CONTROLLER_URL: "https://127.0.0.1:9",
    });
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.stop();
    await api?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("says that calls were not measured, in the cells, the legend and beside an empty matrix", async () => {
    const { page, errors } = await openPage(browser, `${dashboard.url}/access`);
    const matrix = page.getByRole("region", { name: "Access matrix" });
    const cell = matrix.getByRole("gridcell", { name: /^ns-0\/svc-0 to ns-0\/svc-1:/ });
    await cell.waitFor();
    expect(await cell.getAttribute("aria-label")).toContain("allowed, calls not measured");
    expect(await cell.innerText()).toBe("–");
    expect(await matrix.innerText()).not.toMatch(/not used|Denied \d/);
    expect(await allFindings(page)).toEqual([]);
    await page.getByRole("radio", { name: "Denied" }).click();
    await matrix.getByText("Not known: calls could not be measured.").waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
