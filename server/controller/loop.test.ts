import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLoop } from "./loop";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(work: () => void | Promise<void> = () => undefined) {
  const runs: number[] = [];
  const errors: unknown[] = [];
  const begun = Date.now();
  const run = () => {
    runs.push(Date.now() - begun);
    return work();
  };
  const loop = createLoop({ run, settleMs: 50, maxMs: 500, retryMs: 1000, onError: (error) => errors.push(error) });
  return { loop, runs, errors };
}

describe("createLoop", () => {
  it("runs at once after a quiet time", async () => {
    const { loop, runs } = start();
    loop.trigger();
    loop.trigger();
    await vi.advanceTimersByTimeAsync(0);
    expect(runs).toEqual([0]);
    await vi.advanceTimersByTimeAsync(200);
    loop.trigger();
    await vi.advanceTimersByTimeAsync(0);
    expect(runs).toEqual([0, 200]);
  });

  it("gathers what comes soon after a run, as long as it keeps coming", async () => {
    const { loop, runs } = start();
    loop.trigger();
    for (let step = 0; step < 3; step += 1) {
      await vi.advanceTimersByTimeAsync(30);
      loop.trigger();
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toEqual([0, 140]);
  });

  it("lets no change wait longer than half a second however many come", async () => {
    const { loop, runs } = start();
    for (let step = 0; step < 110; step += 1) {
      loop.trigger();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(runs).toEqual([0, 510, 1010]);
  });

  it("never runs twice at a time, and runs again for what came meanwhile", async () => {
    let active = 0;
    let most = 0;
    const { loop, runs } = start(async () => {
      active += 1;
      most = Math.max(most, active);
      await new Promise((resolve) => setTimeout(resolve, 200));
      active -= 1;
    });
    loop.trigger();
    await vi.advanceTimersByTimeAsync(10);
    loop.trigger();
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toEqual([0, 250]);
    expect(most).toBe(1);
  });

  it("repeats a failed run, and says so", async () => {
    let fail = true;
    const { loop, runs, errors } = start(() => {
      if (fail) throw new Error("away");
    });
    loop.trigger();
    await vi.advanceTimersByTimeAsync(1000);
    fail = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(runs).toEqual([0, 1000, 2000]);
    expect(errors).toHaveLength(2);
  });

  it("stops after the run that is on", async () => {
    let ended = false;
    const { loop, runs } = start(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      ended = true;
    });
    loop.trigger();
    await vi.advanceTimersByTimeAsync(10);
    loop.trigger();
    const stopped = loop.stop();
    await vi.advanceTimersByTimeAsync(1000);
    await stopped;
    expect(ended).toBe(true);
    expect(runs).toEqual([0]);
  });
});
