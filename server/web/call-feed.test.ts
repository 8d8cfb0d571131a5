import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Calls } from "@/lib/contract/calls";
import { AppError } from "@/lib/contract/errors";
import { refusedCall, someCall } from "@/test/fixtures/calls";
import { CallFeed, type FeedEvent } from "./call-feed";
import type { CallsAsked } from "./controller-client";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const answer = (changes: Partial<Calls>): Calls => ({
  items: [],
  cursor: "a.0",
  missed: 0,
  sampleOneIn: 100,
  ...changes,
});

/** A controller that answers each question with the next of its answers, and then after the time it may wait. */
function feedOf(answers: (Calls | AppError)[]) {
  const calls = vi.fn(async ({ wait = 0 }: CallsAsked) => {
    const next = answers.shift();
    if (next instanceof AppError) throw next;
    if (next) return next;
    await new Promise((resolve) => setTimeout(resolve, Math.max(wait, 1) * 1000));
    return answer({ cursor: "b.9" });
  });
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  return { feed: new CallFeed({ client: { calls }, now: Date.now, sleep }), calls };
}

function heardBy(feed: CallFeed) {
  const heard: FeedEvent[] = [];
  return { heard, stop: feed.subscribe((event) => heard.push(event)) };
}

describe("CallFeed", () => {
  it("asks once for everybody, and each begins with what is remembered", async () => {
    const { feed, calls } = feedOf([
      answer({ items: [someCall({ id: "b.1" })], cursor: "b.1" }),
      answer({ items: [refusedCall({ id: "b.2" })], cursor: "b.2" }),
    ]);
    const first = heardBy(feed);
    const second = heardBy(feed);
    await vi.advanceTimersByTimeAsync(10);
    expect(calls).toHaveBeenCalledTimes(3);
    expect(first.heard.map(({ kind }) => kind)).toContain("snapshot");
    expect(second.heard.map(({ kind }) => kind)).toContain("calls");
    const third = heardBy(feed);
    await vi.advanceTimersByTimeAsync(10);
    expect(third.heard).toMatchObject([{ kind: "snapshot", state: { items: [{ id: "b.2" }, { id: "b.1" }] } }]);
    expect(calls).toHaveBeenCalledTimes(3);
    for (const { stop } of [first, second, third]) stop();
  });

  it("stops when nobody has looked for a while", async () => {
    const { feed, calls } = feedOf([answer({})]);
    await feed.latest();
    await vi.advanceTimersByTimeAsync(60_000);
    const asked = calls.mock.calls.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls.mock.calls.length).toBe(asked);
  });

  it("says that the controller is away, keeps what it knew, and begins anew with another controller", async () => {
    const away = new AppError("upstream_unavailable", "It cannot be reached.", { hint: "Start it." });
    const { feed } = feedOf([
      answer({ items: [someCall({ id: "a.1" })], cursor: "a.1" }),
      away,
      answer({ items: [refusedCall({ id: "b.1" })], cursor: "b.1" }),
    ]);
    const { heard, stop } = heardBy(feed);
    await vi.advanceTimersByTimeAsync(10);
    expect(heard.at(-1)).toMatchObject({ kind: "partial", partial: [{ part: "controller", lastGoodAt: 1_000_000 }] });
    expect((await feed.latest()).items).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(600);
    expect(heard.at(-1)).toMatchObject({ kind: "snapshot", state: { items: [{ id: "b.1" }], partial: [] } });
    stop();
  });

  it("remembers no more than it should, refused calls before samples", async () => {
    const samples = Array.from({ length: 800 }, (_, index) => someCall({ id: `b.${3000 - index}` }));
    const { feed } = feedOf([
      answer({ items: [refusedCall({ id: "b.1" })], cursor: "b.1" }),
      answer({ items: samples, cursor: "b.3000", missed: 7 }),
    ]);
    const { heard, stop } = heardBy(feed);
    await vi.advanceTimersByTimeAsync(10);
    const { items } = await feed.latest();
    expect(items).toHaveLength(501);
    expect(items.at(-1)?.id).toBe("b.1");
    expect(heard.find(({ kind }) => kind === "calls")).toMatchObject({ missed: 7 });
    stop();
  });

  it("is empty and says so without a controller", async () => {
    const feed = new CallFeed({ client: null, now: Date.now, sleep: async () => undefined });
    expect(await feed.latest()).toMatchObject({ items: [], partial: [{ part: "controller" }] });
  });
});
