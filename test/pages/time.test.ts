/** Going through time in a real browser, on a mesh that runs: pause, step back, the track, what changed, two moments compared. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { eventually, type LocalMode, startLocalMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL && process.env.MESHDECK_CHROMIUM);
const BUYER = "bookbuyer/deployment/bookbuyer";
const V1 = "bookstore/service/bookstore-v1";

describe.skipIf(!available)("time in the dashboard", () => {
  let local: LocalMode;
  let browser: Browser;
  /** Unix milliseconds: when calls were split evenly, and when the split was changed. */
  let even = 0;
  let changed = 0;
  beforeAll(async () => {
    // Shares of ten seconds have to be told apart: a calm mesh makes too few calls for that.
    [local, browser] = await Promise.all([startLocalMode(), launchChromium()]);
    await shareOfV1("an even split", (share) => Math.abs(share - 0.5) < 0.1);
    // Long enough that a frame of the track lies wholly in it.
    await sleep(20_000);
    even = Date.now();
    await local.kubectl(
      ...["patch", "trafficsplit", "bookstore", "-n", "bookstore", "--type=json", "-p"],
      JSON.stringify([
        { op: "replace", path: "/spec/backends/0/weight", value: 95 },
        { op: "replace", path: "/spec/backends/1/weight", value: 5 },
      ]),
    );
    changed = Date.now();
    await shareOfV1("the new split", (share) => share > 0.88);
  });
  afterAll(async () => {
    await browser?.close();
    await local?.stop("SIGTERM");
  });

  function shareOfV1(what: string, fits: (share: number) => boolean): Promise<number> {
    return eventually(what, 60, async () => {
      const { edges } = await local.topology(10);
      const share = edges.find(({ source, target }) => source === BUYER && target === V1)?.splitShare ?? null;
      return share !== null && fits(share) ? share : null;
    });
  }

  const at = (path: string, options?: Parameters<typeof openPage>[2]) =>
    openPage(browser, `${local.dashboard}${path}`, options);
  const instantOf = (page: Page) => Number(new URL(page.url()).searchParams.get("at"));
  const row = (page: Page, target: string) =>
    page.getByRole("row").filter({ hasText: "bookbuyer" }).filter({ hasText: target }).first();
  async function close(page: Page, errors: readonly string[]): Promise<void> {
    expect(errors).toEqual([]);
    await page.context().close();
  }

  it("holds what is shown while figures go on, and goes live again", async () => {
    const { page, errors } = await at("/graph?view=table");
    await row(page, "bookstore-v1").waitFor();
    await page.keyboard.press("l");
    await page.getByRole("button", { name: "Time shown: Paused" }).waitFor();
    const held = await page.locator("table").first().innerText();
    await page.waitForTimeout(5_000);
    expect(await page.locator("table").first().innerText()).toBe(held);
    await page.keyboard.press("l");
    await page.getByRole("button", { name: "Time shown: Live" }).waitFor();
    await eventually("other figures", 10, async () => {
      return (await page.locator("table").first().innerText()) !== held || null;
    });
    await close(page, errors);
  });

  it("is scrubbed without a request, shows what was then, and stays there over a reload", async () => {
    const { page, errors } = await at("/graph?view=table&window=10s&track=15m");
    const slider = page.getByRole("slider", { name: "Moment shown" });
    await slider.waitFor();
    await page.getByText("The metrics store has figures since").waitFor();
    await eventually("the new share", 20, async () => {
      return /9\d(\.\d)?\s?%/.test((await row(page, "bookstore-v1").innerText()).replace(/\s+/g, " ")) || null;
    });
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    await page.getByText(/^As of/).waitFor();
    // Leaving the present ends the live figures: the stream begins anew without them, once.
    await page.waitForTimeout(1_500);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    // A step at a time, back to where the split was even.
    for (let step = 0; step < 60 && (instantOf(page) === 0 || instantOf(page) > even); step += 1) {
      await page.keyboard.press("ArrowLeft");
      await page.waitForTimeout(320);
    }
    expect(await row(page, "bookstore-v1").innerText()).toMatch(/[45]\d(\.\d)?/);
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/^\d\d:\d\d:\d\d, .+ called, .+ failing, .+ denied$/);
    // Not as far as its end: that is the present, which is live.
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(600);
    expect(asked.filter((url) => url.includes("/api/"))).toEqual([]);
    const instant = instantOf(page);
    expect(instant).toBeGreaterThan(0);
    await page.reload();
    await page.getByText(/^As of/).waitFor();
    expect(instantOf(page)).toBe(instant);
    await page.getByRole("button", { name: "Go live" }).first().click();
    await page.getByText(/^As of/).waitFor({ state: "detached" });
    expect(new URL(page.url()).searchParams.get("at")).toBeNull();
    await close(page, errors);
  });

  it("marks what kubectl changed, goes there, and plays on from there", async () => {
    const { page, errors } = await at("/graph?track=15m");
    const mark = page.getByRole("button", { name: /TrafficSplit bookstore\/bookstore: .*95/ });
    await mark.first().waitFor();
    await mark.first().click();
    await page
      .getByTestId("moment")
      .getByText(/TrafficSplit bookstore\/bookstore/)
      .waitFor();
    await eventually("the moment of the change", 5, async () => {
      return Math.abs(instantOf(page) - changed) < 25_000 || null;
    });
    const before = instantOf(page);
    await page.keyboard.press("p");
    await eventually("a later moment", 10, async () => instantOf(page) > before || null);
    expect(await seriousFindings(page)).toEqual([]);
    await close(page, errors);
  });

  it("compares two moments: the changed shares, and the change between them", async () => {
    const { page, errors } = await at(`/graph?window=10s&compare=${even}`);
    const panel = page.getByTestId("compare");
    await panel
      .getByText(/split share 5\d? ?→ 9\d %|split share 4\d → 9\d %/)
      .first()
      .waitFor();
    await panel.getByText(/TrafficSplit bookstore\/bookstore: .*95.*by kubectl/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await panel.getByRole("row").filter({ hasText: "split share" }).first().click();
    await page.locator("aside").waitFor();
    expect(page.url()).toContain("edge=");
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    await panel.waitFor({ state: "detached" });
    await close(page, errors);
  });

  it("steps by keys, takes an instant from the calendar, and says on every page what it shows", async () => {
    const { page, errors } = await at("/security");
    await page.getByRole("button", { name: "Time shown: Live" }).waitFor();
    await page.keyboard.press("[");
    await page.getByText(/^As of/).waitFor();
    const first = instantOf(page);
    await page.keyboard.press("[");
    await eventually("one step further back", 5, async () => instantOf(page) < first || null);
    await page.getByRole("button", { name: /^Time shown: / }).click();
    const field = page.getByLabel("Day and time");
    await field.fill("2001-01-01T00:00:00");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page
      .getByText(/^As of/)
      .filter({ hasText: "2001-01-01" })
      .waitFor();
    // A page that takes its time: the moment settles in the address meanwhile, which must neither keep one here nor get lost.
    await page.route(/\/namespaces\?/, async (route) => {
      await sleep(1_000);
      await route.continue();
    });
    await page.keyboard.press("g");
    await page.keyboard.press("n");
    await page.getByText(/This page shows now, not 2001-01-01/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("l");
    await page.getByText(/This page shows now/).waitFor({ state: "detached" });
    await close(page, errors);
  });

  it("says so when the metrics do not answer", async () => {
    const { page, errors } = await at("/graph");
    await page.route("**/api/topology/frames**", (route) =>
      route.fulfill({
        status: 503,
        json: { error: { code: "upstream_unavailable", message: "Prometheus is away.", hint: "Look at its log." } },
      }),
    );
    await page.getByRole("button", { name: "Time shown: Live" }).waitFor();
    await page.keyboard.press("s");
    const track = page.getByTestId("track");
    await track
      .getByText(/The track could not be read. Prometheus is away. Look at its log./)
      .waitFor({ timeout: 20_000 });
    await page.unroute("**/api/topology/frames**");
    await track.getByRole("button", { name: "Try again" }).click();
    await track.getByRole("slider").waitFor();
    await close(page, errors);
  });

  it("fits a phone", async () => {
    const { page, errors } = await at(`/graph?track=15m&compare=${even}`, { width: 390, height: 844 });
    await page.getByRole("slider", { name: "Moment shown" }).waitFor();
    await page.getByTestId("compare").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    expect(await seriousFindings(page)).toEqual([]);
    await close(page, errors);
  });
});
