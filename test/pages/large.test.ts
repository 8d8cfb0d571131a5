/** Pages of a mesh of 300 services, in a real browser. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allFindings, launchChromium, openPage } from "../support/browser";
import { DASHBOARD_IS_BUILT, type Dashboard, startDashboard } from "../support/dashboard";
import type { DemoApi } from "../support/demo-api";
import { startLargeMesh } from "../support/large-mesh";
import { eventually } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_CHROMIUM) && DASHBOARD_IS_BUILT;
const SERVICES = 300;
const MOST_ELEMENTS = 6_000;

describe.skipIf(!available)("Access with 300 services", () => {
  let api: DemoApi;
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;
  let errors: string[];
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-large-"));
  const grid = () => page.getByRole("grid", { name: "Who may call whom" });
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");

  beforeAll(async () => {
    [api, browser] = await Promise.all([startLargeMesh(SERVICES), launchChromium()]);
    writeFileSync(join(folder, "kubeconfig"), api.kubeconfig);
    dashboard = await startDashboard({
      MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
      MESHDECK_METRICS_URL: api.metricsUrl,
      MESHDECK_METRICS_KIND: "embedded",
      MESHDECK_CONTROLLER_URL: "https://127.0.0.1:9",
    });
    ({ page, errors } = await openPage(browser, "about:blank"));
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.stop();
    await api?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("draws what is in sight only, and says how much there is", async () => {
    await page.goto(`${dashboard.url}/access`);
    await page.getByRole("grid", { name: "Policies" }).getByRole("row").nth(1).waitFor();
    await grid().getByRole("gridcell").first().waitFor();
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(MOST_ELEMENTS);
    expect(await grid().getAttribute("aria-rowcount")).toBe(String(SERVICES + 2));
    // In the order in which people count.
    const names = await grid().getByRole("rowheader").allInnerTexts();
    expect(names.slice(0, 3)).toEqual(["ns-0/svc-0", "ns-0/svc-1", "ns-0/svc-2"]);
    expect(await allFindings(page)).toEqual([]);
  });

  it("leads to every cell by keyboard, speaks it, and keeps it in sight beside its headers", async () => {
    await grid().getByRole("gridcell").first().focus();
    await page.keyboard.press("Control+End");
    await eventually(
      "the last cell has the focus",
      5,
      async () => /svc-299 to .*svc-299:/.test(await focused()) || null,
    );
    for (const key of ["PageUp", "ArrowUp", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
    const label = await focused();
    expect(label).toMatch(/^ns-14\/svc-2\d\d to ns-14\/svc-297: (no access|allowed)/);
    const cell = page.locator(":focus");
    const [source = "", row] = [label.split(" ")[0], cell.locator("..")];
    await expect.poll(() => cell.evaluate(isSeen)).toBe(true);
    expect(await row.getByRole("rowheader").innerText()).toBe(source);
    expect(await row.getByRole("rowheader").evaluate(isSeen)).toBe(true);
    expect(await grid().getByRole("columnheader", { name: "svc-297" }).evaluate(isSeen)).toBe(true);
    expect(await grid().getByRole("columnheader", { name: "ns-14" }).evaluate(isSeen)).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: `Why: ${source} to ns-14/svc-297` }).waitFor();
    await page.keyboard.press("Escape");
    await grid().getByRole("gridcell").first().focus();
    await page.keyboard.press("Control+Home");
    expect(await focused()).toMatch(/^ns-0\/svc-0 to ns-0\/svc-0:/);
    await page.keyboard.press("Control+ArrowDown");
    expect(await focused()).toMatch(/^ns-\d+\/svc-\d+ to ns-0\/svc-0: allowed/);
  });

  it("leads from one denied cell to the next by key and button, from the list too, and says which it is", async () => {
    const cell = (name: string) => page.getByRole("gridcell", { name });
    const [first, last] = [cell("ns-0/svc-7 to ns-1/svc-20: denied"), cell("ns-14/svc-291 to ns-0/svc-15: denied")];
    const hasFocus = async (one: typeof first) => {
      await expect.poll(() => one.evaluate((element) => element === document.activeElement)).toBe(true);
      await expect.poll(() => one.evaluate(isSeen)).toBe(true);
    };
    await page.goto(`${dashboard.url}/access`);
    await grid().getByRole("gridcell").first().waitFor();
    await page.keyboard.press("n");
    await hasFocus(first);
    expect(await page.getByTestId("spoken").innerText()).toBe("Denied 1 of 2");
    await page.keyboard.press("n");
    await hasFocus(last);
    expect(await page.getByTestId("spoken").innerText()).toBe("Denied 2 of 2");
    await page.keyboard.press("Shift+N");
    await hasFocus(first);
    await page.getByRole("button", { name: "Previous denied" }).click();
    await hasFocus(last);
    expect(await page.getByRole("group", { name: "Denied pairs" }).innerText()).toBe("2 of 2");
    const open = page.getByRole("button", { name: "List of denied pairs" });
    await open.focus();
    await page.keyboard.press("Enter");
    const list = page.getByRole("grid", { name: "Denied pairs" });
    await list.getByRole("row").nth(2).waitFor();
    expect((await list.getByRole("row").allInnerTexts()).slice(1).map((text) => text.split(/\s+/))).toEqual([
      ["5/s", "ns-14/svc-291", "ns-0/svc-15"],
      ["2/s", "ns-0/svc-7", "ns-1/svc-20"],
    ]);
    expect(await allFindings(page)).toEqual([]);
    // Past the three headers, by which it is sorted.
    for (let steps = 0; steps < 4 && !(await focusIsOnRow(page)); steps++) await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await hasFocus(first);
    await list.waitFor({ state: "detached" });
    await hasFocus(first);
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await keys.getByText("Next denied").waitFor();
    await keys.getByText("Previous denied").waitFor();
    await page.keyboard.press("Escape");
  });

  it("stands the names of its columns upright where they have no room abreast, each still its column's header", async () => {
    const headers = grid().getByRole("columnheader", { name: /^svc-/ });
    const seen = async () => {
      const all = await headers.evaluateAll((list) => list.map((one) => one.getBoundingClientRect().right));
      const right = await grid().evaluate((element) => element.parentElement?.getBoundingClientRect().right ?? 0);
      return all.filter((edge) => edge <= right).length;
    };
    await page.goto(`${dashboard.url}/access`);
    await headers.first().waitFor();
    expect(await seen()).toBeGreaterThanOrEqual(17);
    const tall = await headers
      .nth(1)
      .locator("span")
      .first()
      .evaluate((name) => name.clientHeight > name.clientWidth);
    expect(tall).toBe(true);
    await page.getByLabel("Filter destinations").fill("svc-29");
    await expect.poll(() => headers.count()).toBeLessThan(12);
    const lying = () => headers.first().evaluate((name) => name.clientHeight < 40);
    await expect.poll(lying).toBe(true);
  });

  it("is clean on a phone in the dark, and goes from one denied cell to the next there", async () => {
    const phone = await openPage(browser, "about:blank", { theme: "dark", width: 390, height: 844 });
    await phone.page.goto(`${dashboard.url}/access`);
    const next = phone.page.getByRole("button", { name: "Next denied" });
    const cell = phone.page.getByRole("gridcell", { name: "ns-0/svc-7 to ns-1/svc-20: denied" });
    await next.click();
    await expect.poll(() => cell.evaluate(isSeen)).toBe(true);
    await phone.page.getByRole("button", { name: "List of denied pairs" }).click();
    const list = phone.page.getByRole("grid", { name: "Denied pairs" });
    await list.getByRole("row").nth(1).waitFor();
    expect(await allFindings(phone.page)).toEqual([]);
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await list.getByRole("row").nth(2).click();
    await list.waitFor({ state: "detached" });
    await expect.poll(() => cell.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(phone.errors).toEqual([]);
    await phone.page.context().close();
  });

  it("shows only what was denied when that is asked, by a URL too", async () => {
    await page.goto(`${dashboard.url}/access`);
    await page.getByRole("radio", { name: "Denied 2" }).click();
    const refused = page.getByRole("gridcell", { name: "ns-0/svc-7 to ns-1/svc-20: denied" });
    await refused.waitFor();
    // Two sources, two destinations.
    expect(await grid().getByRole("gridcell").count()).toBe(4);
    expect(page.url()).toContain("show=denied");
    await page.reload();
    await refused.waitFor();
    expect(await grid().getByRole("gridcell").count()).toBe(4);
  });

  it("opens at the cell of a link, and fits all columns of the policies", async () => {
    await page.goto(`${dashboard.url}/access?cell=${encodeURIComponent("ns-10/svc-210>ns-10/svc-212")}`);
    const cell = page.getByRole("gridcell", { name: /^ns-10\/svc-210 to ns-10\/svc-212: allowed/ });
    await expect.poll(() => cell.evaluate(isSeen)).toBe(true);
    await page.goto(`${dashboard.url}/access`);
    const policies = page.getByRole("grid", { name: "Policies" });
    await policies.getByRole("row").nth(1).waitFor();
    const room = await policies.evaluate(
      (table) => [table.scrollWidth, table.parentElement?.clientWidth ?? 0] as const,
    );
    expect(room[0]).toBeLessThanOrEqual(room[1]);
    expect(errors).toEqual([]);
  });
});

function focusIsOnRow(page: Page): Promise<boolean> {
  return page.evaluate(() => document.activeElement?.tagName === "TR");
}

/** Nothing lies over its middle. */
function isSeen(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return element.contains(there);
}
