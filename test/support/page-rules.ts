/** What holds for every page, measured in a browser: how it loads, what moves, what the keyboard reaches and what fits a phone. */
import type { Locator, Page } from "playwright-core";

export const PHONE = { width: 390, height: 844 } as const;
/** More stops than any page has; a page that has more is walked no further. */
const MOST_STOPS = 400;

/** The page is loaded: its heading stands and no skeleton is left. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelector("main [class*=breathe]") === null);
}

/** What still moves: for those who want no motion nothing may. */
export function moving(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter((each) => each.playState === "running" && Number(each.effect?.getComputedTiming().duration) > 1)
      .map((each) => (each as CSSAnimation).animationName ?? "transition"),
  );
}

/** How much of what could be seen was moved so far by what came later. */
export function layoutShift(page: Page): Promise<number> {
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
export async function walk(page: Page): Promise<{ stops: number; unseen: readonly string[] }> {
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

/** Presses Tab until the focus is on `wanted`. Throws when it never comes there. */
export async function tabTo(wanted: Locator): Promise<void> {
  for (let presses = 0; presses < MOST_STOPS; presses += 1) {
    await wanted.page().keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not come to ${wanted}`);
}

/** Buttons, links and fields that Tab did not come to. One of a group that arrows move in stands for the others. */
export function unreached(page: Page): Promise<readonly string[]> {
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

/** What can be clicked but lies beyond the right edge, outside of anything that scrolls sideways; the page itself must not. */
export function outOfSight(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && (/(auto|scroll)/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const wide =
      document.documentElement.scrollWidth > innerWidth
        ? [`the page is ${document.documentElement.scrollWidth} px wide`]
        : [];
    const beyond = [...document.querySelectorAll("a[href], button, input, select, h1")]
      .filter((each) => each.checkVisibility() && !scrolls(each.parentElement))
      .filter((each) => {
        const { left, right, width } = each.getBoundingClientRect();
        return width > 1 && (right > innerWidth + 1 || left < -1);
      })
      .map((each) => each.outerHTML.slice(0, 160));
    return [...wide, ...beyond];
  });
}
