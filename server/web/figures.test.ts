import { describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { EMPTY_OBJECTS } from "@/lib/mesh/input";
import { NO_SAMPLES } from "@/lib/metrics/mesh-queries";
import { FigureReader, type FigureSources, type Figures } from "./figures";

/** A store that answers when it is told to, and a clock that stands still. */
function setUp(budget: FigureSources["budget"] = null) {
  vi.useFakeTimers({ now: 1_000_000 });
  const waiting: { answer: () => void; fail: (error: Error) => void }[] = [];
  const ask = vi.fn(({ windowSeconds }: { windowSeconds: number }) => {
    const at = Date.now();
    return new Promise<Figures>((resolve, reject) => {
      const figures: Figures = {
        ...{ samples: NO_SAMPLES, at, latencyAt: at, policy: "smi" },
        queries: { count: windowSeconds, ms: 1 },
      };
      waiting.push({ answer: () => resolve(figures), fail: reject });
    });
  });
  const reader = new FigureReader({ ask, budget, now: Date.now });
  return { reader, ask, waiting, read: () => reader.read(30, EMPTY_OBJECTS) };
}

describe("FigureReader", () => {
  it("asks once for everybody who reads at the same time", async () => {
    const { ask, waiting, read } = setUp();
    const both = Promise.all([read(), read()]);
    waiting[0]?.answer();
    const [one, other] = await both;
    expect(one.figures).toBe(other.figures);
    expect(one.partial).toBeNull();
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("keeps windows apart", async () => {
    const { reader, waiting } = setUp();
    const both = Promise.all([reader.read(30, EMPTY_OBJECTS), reader.read(60, EMPTY_OBJECTS)]);
    for (const { answer } of waiting) answer();
    expect((await both).map(({ figures }) => figures?.queries.count)).toEqual([30, 60]);
  });

  it("waits a second and a half for a store that hangs, then goes on with the last good figures and says so", async () => {
    const { ask, waiting, read } = setUp();
    const first = read();
    waiting[0]?.answer();
    const good = (await first).figures;
    await vi.advanceTimersByTimeAsync(2_000);
    const late = read();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await late).toMatchObject({
      figures: good,
      partial: { part: "metrics", reason: "slow", lastGoodAt: 1_000_000 },
    });
    // The next one does not wait again, nor ask again.
    await vi.advanceTimersByTimeAsync(2_000);
    const next = await read();
    expect(next.figures).toBe(good);
    expect(next.partial?.message).toBe("The metrics store has not answered for 3.5 s.");
    expect(ask).toHaveBeenCalledTimes(2);
    // What came late is in the next one, at once.
    waiting[1]?.answer();
    await vi.advanceTimersByTimeAsync(0);
    const after = await read();
    expect(after.partial).toBeNull();
    expect(after.figures?.at).toBe(1_002_000);
  });

  it("shows the last good figures and the reason when a store is away, and drops figures of long ago", async () => {
    const { waiting, read } = setUp();
    const first = read();
    waiting[0]?.answer();
    await first;
    await vi.advanceTimersByTimeAsync(2_000);
    const failed = read();
    waiting[1]?.fail(new AppError("upstream_unavailable", "It is away.", { hint: "Start it." }));
    expect(await failed).toMatchObject({
      figures: { at: 1_000_000 },
      partial: { reason: "away", message: "It is away.", hint: "Start it.", lastGoodAt: 1_000_000 },
    });
    await vi.advanceTimersByTimeAsync(11 * 60_000);
    const long = read();
    waiting[2]?.fail(new AppError("upstream_unavailable", "It is away."));
    expect(await long).toMatchObject({ figures: null, partial: { lastGoodAt: 1_000_000 } });
  });

  it("reads less often when the budget is spent, and says when it reads again", async () => {
    let waitMs = 0;
    const { ask, waiting, read } = setUp({ waitMs: () => waitMs, words: "12 queries" });
    waitMs = 4_000;
    // Nothing was read yet: there is nothing else to show.
    const first = read();
    waiting[0]?.answer();
    expect((await first).partial).toBeNull();
    await vi.advanceTimersByTimeAsync(2_000);
    const { figures, partial } = await read();
    expect(figures?.at).toBe(1_000_000);
    expect(partial).toMatchObject({ reason: "budget", message: "The budget of 12 queries a minute is spent for now." });
    expect(partial?.hint).toContain("in 4 s");
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("does not hide a bug", async () => {
    const { waiting, read } = setUp();
    const failed = read();
    waiting[0]?.fail(new Error("a bug"));
    await expect(failed).rejects.toThrow("a bug");
  });
});
