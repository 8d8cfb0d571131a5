import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SharedFrames } from "./shared-frames";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function frames(load: (key: number, previous: string | null) => Promise<string>) {
  return new SharedFrames<string>({ load, now: Date.now, periodMs: 2_000, pokeMs: 100 });
}

describe("SharedFrames", () => {
  it("computes once for everybody who asks at the same time, and again only when it is old", async () => {
    const load = vi.fn(async (key: number) => `frame ${key}`);
    const shared = frames(load);
    expect(await Promise.all([shared.get(30), shared.get(30), shared.get(30)])).toEqual(Array(3).fill("frame 30"));
    expect(load).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_900);
    await shared.get(30);
    expect(load).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(200);
    await shared.get(30);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("shows those who ask the frame there is while the next takes its time, if someone listens", async () => {
    let count = 0;
    const load = vi.fn(async () => {
      count += 1;
      const frame = `frame ${count}`;
      if (count > 1) await new Promise((resolve) => setTimeout(resolve, 5_000));
      return frame;
    });
    const shared = frames(load);
    shared.subscribe(30, () => undefined);
    await shared.get(30);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await shared.get(30)).toBe("frame 1");
    // What changed must show: then there is nothing to do but wait.
    shared.poke();
    const waited = shared.get(30);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await waited).toBe("frame 2");
  });

  it("hands the last frame of the same key to the next computation", async () => {
    const load = vi.fn(async (key: number, previous: string | null) => `${previous ?? "none"},${key}`);
    const shared = frames(load);
    await shared.get(30);
    await shared.get(60);
    await vi.advanceTimersByTimeAsync(2_001);
    expect(await shared.get(30)).toBe("none,30,30");
  });

  it("works only while someone listens", async () => {
    const load = vi.fn(async () => "frame");
    const shared = frames(load);
    const heard = vi.fn();
    const stop = shared.subscribe(30, heard);
    await vi.advanceTimersByTimeAsync(6_500);
    expect(heard).toHaveBeenCalledTimes(4);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(load).toHaveBeenCalledTimes(4);
  });

  it("gives those who listen a frame soon after a change, and one for many changes", async () => {
    const load = vi.fn(async () => "frame");
    const shared = frames(load);
    const heard = vi.fn();
    shared.subscribe(30, heard);
    await vi.advanceTimersByTimeAsync(500);
    for (let i = 0; i < 20; i++) shared.poke();
    await vi.advanceTimersByTimeAsync(110);
    expect(heard).toHaveBeenCalledTimes(2);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("goes on after a computation that failed", async () => {
    let fail = true;
    const shared = frames(async () => {
      if (fail) throw new Error("away");
      return "frame";
    });
    const heard = vi.fn();
    shared.subscribe(30, heard);
    await expect(shared.get(30)).rejects.toThrow("away");
    fail = false;
    await vi.advanceTimersByTimeAsync(2_100);
    expect(heard).toHaveBeenCalledWith("frame");
  });

  it("gives those who listen their frames on time, however many others come", async () => {
    const load = vi.fn(async () => "frame");
    const shared = frames(load);
    const heard = vi.fn();
    shared.subscribe(30, heard);
    for (let i = 0; i < 10; i++) {
      await vi.advanceTimersByTimeAsync(1_000);
      shared.subscribe(30, () => undefined);
    }
    expect(heard.mock.calls.length).toBeGreaterThanOrEqual(5);
    expect(load.mock.calls.length).toBeLessThanOrEqual(7);
  });

  it("tells those who listen what somebody asked for between two refreshes", async () => {
    let count = 0;
    const shared = frames(async () => `frame ${++count}`);
    const heard = vi.fn();
    shared.subscribe(30, heard);
    await vi.advanceTimersByTimeAsync(500);
    shared.poke();
    expect(await shared.get(30)).toBe("frame 2");
    expect(heard).toHaveBeenLastCalledWith("frame 2");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(count).toBe(2);
  });

  it("computes again for a change that came while it computed", async () => {
    let count = 0;
    const shared = frames(async () => {
      count++;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return `frame ${count}`;
    });
    const heard = vi.fn();
    shared.subscribe(30, heard);
    await vi.advanceTimersByTimeAsync(50);
    shared.poke();
    await vi.advanceTimersByTimeAsync(800);
    expect(heard).toHaveBeenLastCalledWith("frame 2");
  });
});
