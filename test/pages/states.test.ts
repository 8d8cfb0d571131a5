/**
 * Every page in each of its states, in a real browser: loading, empty, partial, stale with its age, forbidden, and refused with
 * a way to try again. A page that is not in the table has no states: add its row.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PAGES } from "@/components/shell/pages";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { DASHBOARD_IS_BUILT } from "../support/dashboard";
import { REFUSED } from "../support/gate";
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
    path: "/changes",
    title: "Changes",
    content: /bookstore-v1/,
    empty: /Nothing was changed|kube-public/,
    metrics: false,
    controller: "part",
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

describe.skipIf(!CHROMIUM || !DASHBOARD_IS_BUILT)("every page's states", () => {
  let browser: Browser;
  let states: States;
  // One for all: a fresh one each time loads, parses and compiles everything again, a second or more.
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    [browser, states] = await Promise.all([launchChromium(), startStates()]);
    ({ page, errors } = await openPage(browser, "about:blank"));
  });
  afterEach(() => {
    states.metrics.set("open");
    states.door.set("open");
    expect(errors.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await states?.stop();
  });

  it("are all in the table", () => {
    expect(ROWS.map(({ path }) => path.split("?")[0])).toEqual(expect.arrayContaining(PAGES.map(({ path }) => path)));
  });

  describe.each(ROWS)("$title", ({ path, title, content, empty, metrics, controller }) => {
    const main = () => page.getByRole("main");
    // By the page, or by the strip above all pages once it has noticed too.
    const withoutMetrics = () => page.getByText(/Metrics are missing\.|metrics is down/);
    const heading = () => page.getByRole("heading", { level: 1, name: title });

    it("shows the shape of what comes while it loads, and then that", async () => {
      states.door.set("held");
      await page.goto(states.door.url + path);
      await heading().waitFor();
      await main().getByRole("status").first().waitFor();
      expect(await main().getByRole("alert").count()).toBe(0);
      states.door.set("open");
      await main().getByText(content).first().waitFor();
    });

    it("teaches when there is nothing to show", async () => {
      await page.goto(states.empty.url + path);
      await main().getByText(empty).first().waitFor();
      expect(await page.getByText(/NaN|undefined|Infinity/).count()).toBe(0);
      expect(await seriousFindings(page)).toEqual([]);
    });

    if (metrics)
      it("shows the rest when the metrics store is away, and says so", async () => {
        states.metrics.set("away");
        await page.goto(states.door.url + path);
        await withoutMetrics().first().waitFor();
        await main().getByText(content).first().waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        states.metrics.set("open");
        await withoutMetrics().first().waitFor({ state: "detached" });
      });

    if (metrics)
      it("says nothing of calls when they were never measured", async () => {
        await page.goto(states.unmeasured.url + path);
        await withoutMetrics().first().waitFor();
        await page.waitForFunction(() => document.querySelector("main [class*=breathe]") === null);
        const text = await main().innerText();
        expect(text).not.toMatch(/(^|\s)0\s?(\/s|%)|no calls|services are well/i);
        // By the strip above every page: the page itself says nothing twice.
        await page.getByText("metrics is down").waitFor();
        await page.getByText("Metrics are missing.").waitFor({ state: "detached" });
        expect(await withoutMetrics().count()).toBe(1);
      });

    if (controller !== "nothing")
      it("says so when the controller is away", async () => {
        await page.goto(states.door.url + path);
        await page
          .getByText(/controller .*(cannot be reached|does not answer)/i)
          .first()
          .waitFor();
        await heading().waitFor();
      });

    if (controller !== "all")
      it("says what one may not read", async () => {
        await page.goto(states.forbidden.url + path);
        await page
          .getByText(/forbidden|may not/i)
          .first()
          .waitFor();
        await heading().waitFor();
        expect(await seriousFindings(page)).toEqual([]);
      });

    if (controller !== "all")
      it("keeps what it had when nothing new comes, with its age", async () => {
        // A clock of one's own holds for all of a context.
        const own = await openPage(browser, "about:blank");
        await own.page.clock.install();
        await own.page.goto(states.mesh.url + path);
        // Until then the stream is not open, and cannot fall silent.
        await own.page.getByRole("button", { name: "Time shown: Live" }).waitFor();
        const shown = () => own.page.getByRole("main").getByText(content).first().waitFor();
        await shown();
        if (metrics) await own.page.waitForFunction(() => document.querySelector("main [class*=breathe]") === null);
        await own.page.context().setOffline(true);
        await own.page.clock.fastForward("01:00");
        await own.page
          .getByText(metrics ? /Figures are from/ : /Reconnecting|Silent/)
          .first()
          .waitFor();
        await shown();
        expect(own.errors).toEqual([]);
        await own.page.context().close();
      });

    it("says what was refused, and tries again when asked", async () => {
      states.door.set("refused");
      await page.goto(states.door.url + path);
      const alert = main().getByRole("alert");
      await alert.getByText(REFUSED.error.message).waitFor();
      await alert.getByText(REFUSED.error.hint).waitFor();
      // Held, so that no refresh of its own is quicker than the button.
      states.door.set("held");
      await Promise.all([page.waitForRequest(/\/api\//), alert.getByRole("button", { name: "Try again" }).click()]);
      states.door.set("open");
      await main().getByText(content).first().waitFor();
    });
  });

  it("say no age in the HTML, which does not know what time it is where it is read", async () => {
    const html = await (await fetch(`${states.mesh.url}/services`)).text();
    expect(html).toContain("is down");
    expect(html).not.toMatch(/since\s*<time[^>]*><\/time>/);
  });

  it("says on the Access page which routes could not be read, beside all the rest, until they can be", async () => {
    await page.route("**/api/smi/tcproutes", (route) => route.fulfill({ status: 502, json: REFUSED }));
    await page.route("**/api/smi/httproutegroups", (route) => route.fulfill({ status: 502, json: REFUSED }));
    await page.goto(`${states.mesh.url}/access`);
    const main = page.getByRole("main");
    const banner = main.getByRole("status").filter({ hasText: "could not be read" });
    const words = (kinds: string) =>
      `${kinds} could not be read, so they may be missing or old below. ${REFUSED.error.message} ${REFUSED.error.hint}`;
    await banner.getByText(words("HTTPRouteGroups and TCPRoutes")).waitFor();
    // What was read stands.
    await main.getByText("bookstore/bookstore-v1").first().waitFor();
    await main.getByRole("region", { name: "Access matrix" }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.unroute("**/api/smi/tcproutes");
    await banner.getByRole("button", { name: "Try again" }).click();
    await banner.getByText(words("HTTPRouteGroups")).waitFor();
    await page.unroute("**/api/smi/httproutegroups");
    await banner.getByRole("button", { name: "Try again" }).click();
    await banner.waitFor({ state: "detached" });
    await main.getByText("bookstore-service-routes").first().waitFor();
  });
});
