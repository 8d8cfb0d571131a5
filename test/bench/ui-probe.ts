/** What is measured within a page, by what a page can know of itself and what the browser's own counters say. */
import type { Browser, CDPSession, Page } from "playwright-core";

export interface Visit {
  readonly page: Page;
  readonly cdp: CDPSession;
  /** Milliseconds from the start of the navigation to the first picture painted. */
  readonly firstPicture: number;
  /** Bytes of scripts as they came over the wire, up to the first picture. */
  readonly scriptBytes: number;
}

/** A visit by a browser that has been here never: no cache, no places kept. */
export async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Performance.enable");
  const scripts = new Set<string>();
  let scriptBytes = 0;
  cdp.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await page.addInitScript(watchPage);
  await page.goto(url, { waitUntil: "commit" });
  await page.locator("[data-drawn]").waitFor({ state: "attached", timeout: 120_000 });
  const firstPicture = await page.evaluate<number>(
    "performance.getEntriesByName('graph-drawn')[0].startTime - performance.getEntriesByType('navigation')[0].startTime",
  );
  return { page, cdp, firstPicture, scriptBytes };
}

/** Runs in the page before its own scripts: sums what moves by itself. */
function watchPage(): void {
  const seen = { shift: 0 };
  Object.assign(window, { benchSeen: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) seen.shift += entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Cumulative layout shift so far. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate<number>("benchSeen.shift");
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds the thread worked. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * The longest task of the page's main thread while `work` and `ms` milliseconds after it went by: time the thread worked, so that what
 * other processes of a busy machine take is not the page's.
 */
export async function longestTask(page: Page, work: () => void, ms: number): Promise<number> {
  const browser = page.context().browser();
  if (!browser) throw new Error("no browser");
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  work();
  await page.waitForTimeout(ms);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const tasks = traceEvents.filter(({ pid, tid, tdur }) => tdur !== undefined && mains.has(`${pid}/${tid}`));
  if (tasks.length === 0) throw new Error("the trace has no tasks of the main thread");
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000;
}

/** Frames a second the page could show while `work` went on. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(`(() => {
    const count = { frames: 0, from: performance.now(), on: true };
    const tick = () => { count.frames += 1; if (count.on) requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
    window.benchFrames = count;
  })()`);
  await work();
  return page.evaluate<number>(
    "(benchFrames.on = false, (benchFrames.frames * 1000) / (performance.now() - benchFrames.from))",
  );
}

/** Milliseconds the main thread has worked so far: scripts, layout, painting, rasterising of canvases. */
export async function mainThreadMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
}

/** Megabytes in use once all that can be let go of has been. */
export async function heapMegabytes(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.collectGarbage");
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN) / 1e6;
}

const STEP_MS = 16;

/** Drags the ground to and fro for `ms`. */
export async function pan(page: Page, ms: number): Promise<void> {
  const { x, y } = await emptyGround(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await steadily(ms, (turn) => page.mouse.move(x + Math.sin(turn / 20) * 300, y + Math.cos(turn / 20) * 150 - 150));
  await page.mouse.up();
}

/** Turns the wheel in and out again. */
export async function zoom(page: Page, ms: number): Promise<void> {
  const box = await page.getByTestId("graph").boundingBox();
  if (!box) throw new Error("no graph");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await steadily(ms, (_turn, part) => page.mouse.wheel(0, part < 0.5 ? -20 : 20));
}

/** Where a press drags the ground: the upper left corner of the picture is outside of every region. */
async function emptyGround(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.getByTestId("graph").boundingBox();
  if (!box) throw new Error("no graph");
  return { x: box.x + 6, y: box.y + 6 };
}

async function steadily(ms: number, step: (turn: number, part: number) => Promise<void>): Promise<void> {
  const start = performance.now();
  for (let turn = 0; performance.now() - start < ms; turn += 1) {
    await step(turn, (performance.now() - start) / ms);
    const next = start + (turn + 1) * STEP_MS - performance.now();
    if (next > 0) await new Promise((resolve) => setTimeout(resolve, next));
  }
}
