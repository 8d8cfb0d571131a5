/** What holds for every page: the keyboard alone, a phone, both themes to axe's eye, and no motion for those who want none. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAGES } from "@/components/shell/pages";
import { allFindings, launchChromium, openPage } from "../support/browser";
import { DASHBOARD_IS_BUILT } from "../support/dashboard";
import { firstLoad } from "../support/first-load";
import { layoutShift, moving, outOfSight, PHONE, settled, unreached, walk } from "../support/page-rules";
import { type States, startStates } from "../support/states";

const CHROMIUM = Boolean(process.env.MESHDECK_CHROMIUM);
const DESK = { width: 1440, height: 900 } as const;

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
      expect(await moving(page)).toEqual([]);
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
      expect(await outOfSight(page)).toEqual([]);
      expect(errors).toEqual([]);
    });
  });
});
