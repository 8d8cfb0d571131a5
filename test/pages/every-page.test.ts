/** What holds for every page: the keyboard alone, a phone, both themes to axe's eye, and no motion for those who want none. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAGES } from "@/components/shell/pages";
import { allFindings, launchChromium, openPage } from "../support/browser";
import { DASHBOARD_IS_BUILT } from "../support/dashboard";
import { firstLoad } from "../support/first-load";
import { type States, startStates } from "../support/states";

const CHROMIUM = Boolean(process.env.MESHDECK_CHROMIUM);
const DESK = { width: 1440, height: 900 } as const;
const PHONE = { width: 390, height: 844 } as const;
/** More stops than any page has; a page that has more is walked no further. */
const MOST_STOPS = 400;

/** Compressed kilobytes of script in a page's HTML. Who needs more looks first for what can come later. */
const MOST_SCRIPT_KB = 300;
/** The page every visit begins with, of large meshes too: docs/adr/0022. */
const MOST_GRAPH_SCRIPT_KB = 240;
/** These check drafts as they are written, with the schemas the server has. */
const WITH_SCHEMAS = ["/splits", "/access", "/boards", "/settings"];
/** Cumulative layout shift while a page loads. */
const MOST_SHIFT = 0.02;

describe.skipIf(!CHROMIUM || !DASHBOARD_IS_BUILT)("every page", () => {
  let browser: Browser;
  let states: States;
  // One for all, in one process of Chromium: but each visit fetches everything, as a first one does.
  let page: Page;
  let errors: string[];
  let visit: (path: string) => Promise<void>;
  beforeAll(async () => {
    [browser, states] = await Promise.all([launchChromium(), startStates()]);
    ({ page, errors } = await openPage(browser, "about:blank"));
    const devtools = await page.context().newCDPSession(page);
    visit = async (path) => {
      await devtools.send("Network.clearBrowserCache");
      await page.goto(states.mesh.url + path);
      await settled(page);
    };
  });
  afterAll(async () => {
    await browser?.close();
    await states?.stop();
  });

  it("is reached by its two keys, from every other", async () => {
    await visit("/graph");
    for (const { keys, name } of [...PAGES, ...PAGES].slice(1)) {
      for (const key of keys.split(" ")) await page.keyboard.press(key);
      await page.getByRole("heading", { level: 1, name }).waitFor();
    }
    expect(errors).toEqual([]);
  });

  describe.each(PAGES)("$name", ({ path, name }) => {
    beforeAll(async () => {
      errors.length = 0;
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await page.setViewportSize(DESK);
      await visit(path);
    });

    it("stands still: nothing moves for those who want no motion, and nothing is pushed about while it loads", async () => {
      const moving = await page.evaluate(() =>
        document
          .getAnimations()
          .filter((each) => each.playState === "running" && Number(each.effect?.getComputedTiming().duration) > 1)
          .map((each) => (each as CSSAnimation).animationName ?? "transition"),
      );
      expect(moving).toEqual([]);
      expect(await layoutShift(page)).toBeLessThan(MOST_SHIFT);
    });

    it("passes axe in both themes", async () => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        expect(await allFindings(page), colorScheme).toEqual([]);
      }
    });

    it("is walked by Tab alone: each stop can be seen, nothing traps, and all that can be clicked is reached", async () => {
      const { stops, unseen } = await walk(page);
      expect(unseen).toEqual([]);
      expect(await unreached(page)).toEqual([]);
      expect(stops).toBeGreaterThan(5);
      expect(errors).toEqual([]);
    });

    it("loads no more script than it needs at first", async () => {
      const { scriptKilobytes, hasSchemas } = await firstLoad(states.mesh.url + path);
      expect(scriptKilobytes).toBeLessThan(path === "/graph" ? MOST_GRAPH_SCRIPT_KB : MOST_SCRIPT_KB);
      if (!WITH_SCHEMAS.includes(path)) expect(hasSchemas).toBe(false);
    });

    it("fits a phone: nothing is cut off sideways", async () => {
      await page.setViewportSize(PHONE);
      await visit(path);
      await page.getByRole("heading", { level: 1, name }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
      expect(await outOfSight(page)).toEqual([]);
      expect(errors).toEqual([]);
    });
  });
});

/** The page is loaded: its heading stands and no skeleton is left. */
async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelector("main [class*=breathe]") === null);
}

/** How much of what could be seen was moved so far by what came later. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shift += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
        // What was buffered is handed over in a task of its own.
        setTimeout(() => resolve(shift), 50);
      }),
  );
}

/** Presses Tab until the focus has been everywhere; marks each stop. `unseen`: stops without a mark of focus. */
async function walk(page: Page): Promise<{ stops: number; unseen: readonly string[] }> {
  const unseen: string[] = [];
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return { over: true, text: "" };
      if (element.hasAttribute("data-walked")) return { over: true, text: "" };
      element.setAttribute("data-walked", "");
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const marked = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
      return { over: false, text: marked ? "" : element.outerHTML.slice(0, 160) };
    });
    if (stop.over) return { stops, unseen };
    if (stop.text !== "") unseen.push(stop.text);
  }
  return { stops: MOST_STOPS, unseen };
}

/** Buttons, links and fields that Tab did not come to. One of a group that arrows move in stands for the others. */
function unreached(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const groups =
      "[role=radiogroup], [role=tablist], [role=toolbar], [role=grid], [role=listbox], [role=menu], [role=tree]";
    return [...document.querySelectorAll("main a[href], main button, main input, main select, main textarea")]
      .filter((each) => each.checkVisibility() && !each.matches(":disabled, [aria-hidden=true] *"))
      .filter((each) => !each.hasAttribute("data-walked"))
      .filter((each) => each.closest(groups)?.querySelector("[data-walked]") == null)
      .map((each) => each.outerHTML.slice(0, 160));
  });
}

/** What can be clicked but lies beyond the right edge, outside of anything that scrolls sideways. */
function outOfSight(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && (/(auto|scroll)/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [...document.querySelectorAll("a[href], button, input, select, h1")]
      .filter((each) => each.checkVisibility() && !scrolls(each.parentElement))
      .filter((each) => {
        const { left, right, width } = each.getBoundingClientRect();
        return width > 1 && (right > innerWidth + 1 || left < -1);
      })
      .map((each) => each.outerHTML.slice(0, 160));
  });
}
