/** What one step through time costs: the figures of another instant laid over the large picture, 60 in a row, one a frame. */
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { largeTopology, refreshed } from "./ui-mesh";
import { mainThreadMs } from "./ui-probe";

const FRAMES = 60;

/** Main-thread milliseconds a frame, by run; what an empty frame costs is taken off. */
export async function scrubFrameMs(browser: Browser, runs: number): Promise<readonly number[]> {
  const { outputFiles } = await build({
    entryPoints: ["test/bench/ui-scrub-page.ts"],
    bundle: true,
    write: false,
    format: "iife",
    minify: true,
    alias: { "@": process.cwd() },
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const cdp = await page.context().newCDPSession(page);
  // Time the thread has worked, not time that passed: another process's turn is not the page's.
  await cdp.send("Performance.setTimeDomain", { timeDomain: "threadTicks" });
  await cdp.send("Performance.enable");
  await page.setContent(
    '<body style="margin:0"><canvas id="b" style="position:absolute;width:100%;height:100%"></canvas><canvas id="c" style="position:absolute;width:100%;height:100%"></canvas><canvas id="m"></canvas><div id="g" style="position:absolute;inset:0"></div>',
  );
  await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
  const topology = largeTopology(0);
  await page.evaluate(([moments, frames]) => (window as unknown as ScrubPage).prepareScrub(moments, frames), [
    [0, 1, 2, 3].map((turn) => refreshed(topology, turn * 5, 0)),
    FRAMES,
  ] as const);
  const timed = async (call: string) => {
    const before = await mainThreadMs(cdp);
    await page.evaluate(call);
    return ((await mainThreadMs(cdp)) - before) / FRAMES;
  };
  const found: number[] = [];
  for (let run = 0; run < runs; run += 1) found.push((await timed("scrub()")) - (await timed("scrub('nothing')")));
  await page.close();
  return found;
}

interface ScrubPage {
  prepareScrub(moments: readonly unknown[], frames: number): void;
}
