/**
 * Every page in each of its states, in a real browser: loading, empty, partial, stale with its age, forbidden, and refused with
 * a way to try again. A page that is not in the table has no states: add its row.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAGES } from "@/components/shell/pages";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { DASHBOARD_IS_BUILT } from "../support/dashboard";
import { type States, startStates } from "../support/states";

interface Row {
  readonly path: string;
  /** Its first heading. */
  readonly title: string;
  /** Words on the page once it is loaded. */
  readonly content: RegExp;
  /** What an empty cluster's page teaches. */
  readonly empty: RegExp;
  /** Figures of the metrics store stand on it. */
  readonly metrics: boolean;
  /** It leans on what only the controller knows: nothing at all is left without it, or only a part is missing. */
  readonly controller: "all" | "part" | "nothing";
}

const ROWS: readonly Row[] = [
  {
    path: "/overview",
    title: "Overview",
    content: /bookstore-v1/,
    empty: /No service is in the mesh yet/,
    metrics: true,
    controller: "part",
  },
  {
    path: "/graph?view=table",
    title: "Graph",
    content: /bookstore-v1/,
    empty: /No service is in the mesh yet/,
    metrics: true,
    controller: "nothing",
  },
  {
    path: "/services",
    title: "Services",
    content: /bookstore-v1/,
    empty: /No service/,
    metrics: true,
    controller: "nothing",
  },
  {
    path: "/splits",
    title: "Splits",
    content: /bookstore-v1/,
    empty: /No TrafficSplit/,
    metrics: true,
    controller: "nothing",
  },
  { path: "/access", title: "Access", content: /bookbuyer/, empty: /No /, metrics: true, controller: "nothing" },
  { path: "/security", title: "Security", content: /bookbuyer/, empty: /No /, metrics: true, controller: "part" },
  {
    path: "/boards",
    title: "Metrics",
    content: /Requests, errors and denied calls/,
    empty: /No such series in this range yet/,
    metrics: true,
    controller: "nothing",
  },
  {
    path: "/namespaces",
    title: "Namespaces",
    content: /bookstore/,
    empty: /namespace/i,
    metrics: false,
    controller: "nothing",
  },
  {
    path: "/proxies",
    title: "Proxies",
    content: /controller/i,
    empty: /controller/i,
    metrics: false,
    controller: "all",
  },
  {
    path: "/settings?view=mesh",
    title: "Settings",
    content: /Certificate validity/,
    empty: /Certificate validity/,
    metrics: false,
    controller: "nothing",
  },
];
const CHROMIUM = Boolean(process.env.MESHDECK_CHROMIUM);
const REFUSED = {
  error: { code: "upstream_malformed", message: "The store said nonsense.", hint: "Look at its log." },
};

describe.skipIf(!CHROMIUM || !DASHBOARD_IS_BUILT)("every page's states", () => {
  let browser: Browser;
  let states: States;
  beforeAll(async () => {
    [browser, states] = await Promise.all([launchChromium(), startStates()]);
  });
  afterAll(async () => {
    await browser?.close();
    await states?.stop();
  });

  const blank = () => openPage(browser, "about:blank");
  async function close(page: Page, errors: readonly string[]): Promise<void> {
    expect(errors).toEqual([]);
    await page.context().close();
  }

  it("are all in the table", () => {
    expect(ROWS.map(({ path }) => path.split("?")[0])).toEqual(expect.arrayContaining(PAGES.map(({ path }) => path)));
  });

  describe.each(ROWS)("$title", ({ path, title, content, empty, metrics, controller }) => {
    const heading = (page: Page) => page.getByRole("heading", { level: 1, name: title });

    it("shows the shape of what comes while it loads, and then that", async () => {
      const { page, errors } = await blank();
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route("**/api/**", async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(states.mesh.url + path);
      await heading(page).waitFor();
      await page.getByRole("main").getByRole("status").first().waitFor();
      expect(await page.getByRole("main").getByRole("alert").count()).toBe(0);
      release();
      await page.getByRole("main").getByText(content).first().waitFor();
      await close(page, errors);
    });

    it("teaches when there is nothing to show", async () => {
      const { page, errors } = await openPage(browser, states.empty.url + path);
      await page.getByRole("main").getByText(empty).first().waitFor();
      expect(await page.getByText(/NaN|undefined|Infinity/).count()).toBe(0);
      expect(await seriousFindings(page)).toEqual([]);
      await close(page, errors);
    });

    if (metrics)
      it("shows the rest when the metrics store is away, and says so", async () => {
        states.metrics.set("away");
        const { page, errors } = await openPage(browser, states.mesh.url + path);
        await page.getByText("Metrics are missing.").waitFor();
        await page.getByRole("main").getByText(content).first().waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        states.metrics.set("open");
        await page.getByText("Metrics are missing.").waitFor({ state: "detached" });
        await close(page, errors);
      });

    if (controller !== "nothing")
      it("says so when the controller is away", async () => {
        const { page, errors } = await openPage(browser, states.mesh.url + path);
        await page
          .getByText(/controller .*(cannot be reached|does not answer)/i)
          .first()
          .waitFor();
        await heading(page).waitFor();
        await close(page, errors);
      });

    if (controller !== "all")
      it("says what one may not read", async () => {
        const { page, errors } = await openPage(browser, states.forbidden.url + path);
        await page
          .getByText(/forbidden|may not/i)
          .first()
          .waitFor();
        await heading(page).waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        await close(page, errors);
      });

    if (controller !== "all")
      it("keeps what it had when nothing new comes, with its age", async () => {
        const { page, errors } = await blank();
        await page.clock.install();
        await page.goto(states.mesh.url + path);
        await page.getByRole("main").getByText(content).first().waitFor();
        if (metrics) await page.waitForFunction(() => document.querySelector("main [class*=breathe]") === null);
        await page.context().setOffline(true);
        await page.clock.fastForward("01:00");
        await page
          .getByText(metrics ? /Figures are from/ : /Reconnecting|Silent/)
          .first()
          .waitFor();
        await page.getByRole("main").getByText(content).first().waitFor();
        await close(page, errors);
      });

    it("says what was refused, and tries again when asked", async () => {
      const { page, errors } = await blank();
      await page.route("**/api/**", (route) => route.fulfill({ status: 502, json: REFUSED }));
      await page.goto(states.mesh.url + path);
      const alert = page.getByRole("main").getByRole("alert");
      await alert.getByText(REFUSED.error.message).waitFor();
      await alert.getByText(REFUSED.error.hint).waitFor();
      await page.unroute("**/api/**");
      await alert.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("main").getByText(content).first().waitFor();
      await close(page, errors);
    });
  });
});
