/**
 * `npm run bench:ui`: what the graph page costs the reader's browser, in headless Chromium with software rendering: the built page as
 * `next start` serves it, with a mesh of 3,030 nodes and 10,500 edges. `-full`: all of them drawn; without: as the page opens by default.
 */
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/browser";
import { type Figure, quantile, report } from "./report";
import { largeTopology } from "./ui-mesh";
import { framesDuring, heapMegabytes, layoutShift, longestTask, pan, type Visit, visit, zoom } from "./ui-probe";
import { scrubFrameMs } from "./ui-scrub";
import { type Stage, startStage } from "./ui-stage";

const RUNS = Number(process.env.MESHDECK_BENCH_RUNS ?? 5);
const HEAP_REFRESHES = Number(process.env.MESHDECK_BENCH_REFRESHES ?? 200);
const GESTURE_MS = 2_000;
const REFRESH_MS = 1_200;
const PAGES = [
  { suffix: "", path: "/graph" },
  { suffix: "-full", path: "/graph?level=workloads" },
] as const;

const median = (values: readonly number[]) => quantile(values, 0.5);

async function measured(browser: Browser, stage: Stage, { suffix, path }: (typeof PAGES)[number]): Promise<Figure[]> {
  const firsts: number[] = [];
  const shifts: number[] = [];
  let last: Visit | null = null;
  for (let run = 0; run < RUNS; run += 1) {
    await last?.page.context().close();
    stage.renew();
    last = await visit(browser, stage.url + path);
    await last.page.waitForTimeout(500);
    firsts.push(last.firstPicture);
    shifts.push(await layoutShift(last.page));
  }
  if (!last) throw new Error("no runs");
  const { page } = last;
  while (stage.listening() === 0) await page.waitForTimeout(50);
  const blocks: number[] = [];
  for (let run = 0; run < RUNS; run += 1) blocks.push(await longestTask(page, stage.push, REFRESH_MS));
  const near = async () => {
    for (let step = 0; step < 8; step += 1) await page.getByRole("button", { name: "Nearer" }).click();
    await page.waitForTimeout(300);
  };
  const pans: number[] = [];
  const zooms: number[] = [];
  const nears: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    pans.push(await framesDuring(page, () => pan(page, GESTURE_MS)));
    zooms.push(await framesDuring(page, () => zoom(page, GESTURE_MS)));
    await near();
    nears.push(await framesDuring(page, () => pan(page, GESTURE_MS)));
    await page.getByRole("button", { name: "Show the whole picture" }).click();
  }
  const growth = await heapGrowth(stage, last);
  await page.context().close();
  const figure = (name: string, value: number, unit: Figure["unit"]): Figure => ({
    figure: name + suffix,
    value,
    unit,
  });
  return [
    figure("first-picture", median(firsts), "ms"),
    figure("refresh-block", median(blocks), "ms"),
    figure("pan-zoom-fps", Math.min(median(pans), median(zooms), median(nears)), "fps"),
    figure("pan-fps", median(pans), "fps"),
    figure("zoom-fps", median(zooms), "fps"),
    figure("near-pan-fps", median(nears), "fps"),
    figure("heap-growth", growth, "MB"),
    figure("layout-shift", median(shifts), "score"),
    ...(suffix === "" ? [figure("graph-script", last.scriptBytes / 1000, "kB")] : []),
  ];
}

/** Megabytes the page holds more after many refreshes; the first few only fill caches. */
async function heapGrowth(stage: Stage, { page, cdp }: Visit): Promise<number> {
  const refresh = async (times: number) => {
    for (let turn = 0; turn < times; turn += 1) {
      stage.push();
      await page.waitForTimeout(150);
    }
    await page.waitForTimeout(500);
  };
  await refresh(10);
  const before = await heapMegabytes(cdp);
  await refresh(HEAP_REFRESHES);
  return (await heapMegabytes(cdp)) - before;
}

const stage = await startStage(largeTopology(Date.now()));
const browser = await launchChromium();
try {
  const figures: Figure[] = [];
  for (const page of PAGES) figures.push(...(await measured(browser, stage, page)));
  figures.push({ figure: "scrub-frame-full", value: median(await scrubFrameMs(browser, RUNS)), unit: "ms" });
  report("ui", `${RUNS} runs, ${HEAP_REFRESHES} refreshes; 1440 x 900, software rendering`, figures);
} finally {
  await browser.close();
  await stage.stop();
}
