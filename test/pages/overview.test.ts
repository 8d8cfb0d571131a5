/** The overview on a mesh that runs: its figures, the ways it leads, what changes, and what is missing. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Overview } from "@/lib/contract/overview";
import { formatQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { eventually, type LocalMode, processesNaming, startCalmMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL && process.env.MESHDECK_CHROMIUM);
const THIEF = "bookthief/deployment/bookthief";

describe.skipIf(!available)("the overview", () => {
  let local: LocalMode;
  let browser: Browser;
  beforeAll(async () => {
    [local, browser] = await Promise.all([startCalmMode(), launchChromium()]);
    await eventually("traffic and refusals", 60, async () => {
      const { calls, denied } = await overview();
      return ((calls?.requestsPerSecond ?? 0) > 5 && denied.some(({ source }) => source === THIEF)) || null;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await local?.stop("SIGTERM");
  });

  const overview = () => local.get<Overview>("/api/overview?window=30s");
  const at = (path: string, options?: Parameters<typeof openPage>[2]) =>
    openPage(browser, `${local.dashboard}${path}`, options);
  const panel = (page: Page, name: string) => page.getByRole("region", { name });

  it("is what one comes to, and says what the API says", async () => {
    const { page, errors } = await at("/");
    await page.waitForURL("**/overview");
    expect(await page.getByTestId("verdict").innerText()).toMatch(/services/);
    await eventually("the same figures", 15, async () => {
      const { calls } = await overview();
      const main = page.getByRole("main");
      const tile = (name: string) => main.getByRole("listitem").filter({ hasText: name }).first().innerText();
      const flat = async (name: string) => (await tile(name)).replaceAll(/\s/g, "");
      const wanted = (text: string) => text.replaceAll(/\s/g, "");
      if (!calls) throw new Error("no figures");
      const pairs: [string, string][] = [
        ["Calls", formatQuantity(rateQuantity(calls.requestsPerSecond))],
        ["Success", formatQuantity(percentQuantity(calls.successRatio))],
        ["Denied", formatQuantity(rateQuantity(calls.deniedPerSecond))],
        ["Encrypted", formatQuantity(percentQuantity(calls.encryptedShare))],
      ];
      for (const [name, text] of pairs) {
        const shown = await flat(name);
        if (!shown.includes(wanted(text))) throw new Error(`${name}: ${shown} is not ${text}`);
      }
      return true;
    });
    const height = await page
      .getByRole("table", { name: "Worst calls" })
      .evaluate((one) => one.getBoundingClientRect().bottom);
    expect(height).toBeLessThanOrEqual(900);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("leads to where each figure comes from, and that page says the same", async () => {
    const { page, errors } = await at("/overview?window=1m");
    await page.getByTestId("verdict").waitFor();
    const hrefs = await page
      .getByRole("main")
      .getByRole("link")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    const paths = new Set(hrefs.map((href) => href.split("?")[0]));
    expect([...paths].sort()).toEqual(
      expect.arrayContaining(["/graph", "/proxies", "/security", "/services", "/settings"]),
    );
    expect(hrefs.every((href) => href.includes("window=1m"))).toBe(true);

    const { denied } = await overview();
    const pair = denied.find(({ source }) => source === THIEF);
    await panel(page, "Denied")
      .getByRole("link", { name: /bookthief/ })
      .click();
    await page.waitForURL((url) => url.searchParams.get("edge") === pair?.id);
    await page.locator("aside").getByText("bookthief").first().waitFor();
    await page.goBack();

    await panel(page, "Control plane").getByRole("link", { name: /of 6/ }).first().click();
    await page.waitForURL("**/proxies?window=1m");
    await page.getByRole("main").getByText("bookwarehouse").first().waitFor();
    await page.goBack();

    await page
      .getByRole("main")
      .getByRole("link", { name: /^Denied/ })
      .click();
    await page.waitForURL("**/security?*view=denied*");
    await page.getByRole("main").getByText("bookthief").first().waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  /** The page of changes: the same, found by words and kind, with the way to what it did. */
  async function showsAmongAll(page: Page): Promise<void> {
    await page.goto(`${local.dashboard}/overview`);
    await panel(page, "What changed")
      .getByRole("link", { name: /^All \d+$/ })
      .click();
    await page.waitForURL("**/changes");
    await page.getByLabel("Kind").selectOption("splits");
    await page.getByLabel("Filter changes").fill("kubectl → 30");
    const row = page.getByRole("row").filter({ hasText: /bookstore-v1 \d+ → 30/ });
    await row.waitFor();
    await eventually("only what fits", 5, async () => ((await page.getByRole("row").count()) === 2 ? true : null));
    expect(await row.innerText()).toMatch(/TrafficSplit bookstore[\s\S]*→ 30[\s\S]*kubectl/);
    await page.getByLabel("Filter changes").fill("nobody did this");
    await page.getByText("No change fits").waitFor();
    await page.getByRole("button", { name: /^Show all/ }).click();
    await row.getByRole("link", { name: /^Before and after/ }).click();
    await page.waitForURL((url) => url.pathname === "/graph" && url.searchParams.has("compare"));
    await page.getByTestId("compare").waitFor();
    await page.close();
  }

  it("tells within seconds what kubectl changed, who did, and leads to the graph of that moment", async () => {
    const { page, errors } = await at("/overview");
    await page.getByTestId("verdict").waitFor();
    await local.kubectl(
      ...["patch", "trafficsplit", "bookstore", "-n", "bookstore", "--type=json", "-p"],
      JSON.stringify([
        { op: "replace", path: "/spec/backends/0/weight", value: 30 },
        { op: "replace", path: "/spec/backends/1/weight", value: 70 },
      ]),
    );
    const changed = page.getByRole("listitem").filter({ hasText: /bookstore-v1 \d+ → 30/ });
    await changed.waitFor({ timeout: 10_000 });
    expect(await changed.innerText()).toMatch(/by kubectl/);
    await showsAmongAll(await page.context().newPage());
    const link = changed.getByRole("link");
    const moment = Number(new URL((await link.getAttribute("href")) ?? "", local.dashboard).searchParams.get("at"));
    expect(Math.abs(moment - Date.now())).toBeLessThan(60_000);
    await link.click();
    await page.waitForURL((url) => url.pathname === "/graph" && url.searchParams.get("at") === String(moment));
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("shows a past instant, and what the controller does not remember of it", async () => {
    const { page, errors } = await at(`/overview?at=${Date.now() - 10_000}`);
    await page.getByText("What the controller knew then is not kept.").waitFor();
    expect(await page.getByTestId("verdict").innerText()).toMatch(/services/);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("keeps the rest while the controller hangs, and says what is missing", async () => {
    const { page, errors } = await at("/overview");
    await panel(page, "Control plane").getByText("Sidecars in step").waitFor();
    const controllers = processesNaming(local.dataFolder).filter(({ command }) =>
      command.includes("dist/controller.js"),
    );
    expect(controllers.length).toBeGreaterThan(0);
    for (const { pid } of controllers) process.kill(pid, "SIGSTOP");
    try {
      await panel(page, "Control plane").getByText("The controller does not answer").waitFor({ timeout: 20_000 });
      await page
        .getByText(/The controller does not answer\.|controller is (down|degraded)/)
        .first()
        .waitFor();
      expect(await page.getByRole("table", { name: "Worst services" }).getByRole("row").count()).toBeGreaterThan(3);
    } finally {
      for (const { pid } of controllers) process.kill(pid, "SIGCONT");
    }
    await panel(page, "Control plane").getByText("Sidecars in step").waitFor({ timeout: 20_000 });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("is operable by keyboard alone, on a phone, and by axe in both themes", async () => {
    const { page } = await at("/services", { theme: "dark", width: 390, height: 844 });
    await page.getByRole("main").getByText("bookstore-v1").first().waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await page.waitForURL("**/overview");
    await page.getByTestId("verdict").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await seriousFindings(page)).toEqual([]);
    await page
      .getByRole("main")
      .getByRole("link", { name: /^Calls/ })
      .focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/graph?*metric=errors*");
    await page.context().close();
    const light = await at("/overview");
    await light.page.getByTestId("verdict").waitFor();
    expect(await seriousFindings(light.page)).toEqual([]);
    await light.page.context().close();
  });
});
