import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/contract/errors";
import type { KubeClient } from "@/server/kube/client";
import type { WebContext } from "../context";
import { MESH_KINDS, type Scope } from "../limited/scope";
import type { Identity } from "./identity";
import { Viewers } from "./viewers";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const scopeOf = (...namespaces: string[]) =>
  Object.fromEntries(MESH_KINDS.map((kind) => [kind, new Set(namespaces)])) as unknown as Scope;
const identity = (over: Partial<Identity> = {}): Identity => ({
  key: "k",
  user: "ada",
  endsAt: Date.now() + 3_600_000,
  sessionId: "s",
  credentials: { token: "t" },
  ...over,
});

function setUp() {
  let answer: () => Promise<Scope | null> = async () => scopeOf("a");
  const asked = vi.fn(() => answer());
  const closed = vi.fn();
  const viewers = new Viewers({
    clientFor: () => ({ close: closed }) as unknown as KubeClient,
    askScope: asked,
    contextFor: () => ({}) as WebContext,
    now: Date.now,
  });
  return {
    viewers,
    asked,
    closed,
    say: (next: typeof answer) => {
      answer = next;
    },
  };
}

describe("viewers", () => {
  it("are asked about once a minute, however many requests come at once", async () => {
    const { viewers, asked } = setUp();
    const [one, other] = await Promise.all([viewers.of(identity()), viewers.of(identity())]);
    expect(one.context).toBe(other.context);
    await vi.advanceTimersByTimeAsync(59_000);
    await viewers.of(identity());
    expect(asked).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2_000);
    await viewers.of(identity());
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("keep what they see while the API server is away, for a time; one it does not know is out", async () => {
    const { viewers, say } = setUp();
    await viewers.of(identity());
    say(() => Promise.reject(new AppError("upstream_unavailable", "Away.")));
    await vi.advanceTimersByTimeAsync(120_000);
    expect((await viewers.of(identity())).scope).not.toBeNull();
    await vi.advanceTimersByTimeAsync(600_000);
    await expect(viewers.of(identity())).rejects.toThrow("Away.");
    say(() => Promise.reject(new AppError("unauthenticated", "Unauthorized")));
    await expect(viewers.of(identity())).rejects.toMatchObject({ code: "unauthenticated", hint: "Sign in again." });
    expect(viewers.knows(identity())).toBe(false);
  });

  it.each([
    ["they sign out", ({ viewers }) => viewers.end("s", Date.now() + 1_000)],
    ["their session ends", () => vi.advanceTimersByTimeAsync(3_600_000)],
    [
      "their rights change",
      ({ say }) => {
        say(async () => scopeOf("b"));
        return vi.advanceTimersByTimeAsync(61_000);
      },
    ],
    [
      "the API server forgets them",
      ({ say }) => {
        say(() => Promise.reject(new AppError("unauthenticated", "Unauthorized")));
        return vi.advanceTimersByTimeAsync(61_000);
      },
    ],
  ] as [string, (set: ReturnType<typeof setUp>) => unknown][])("lose their streams when %s", async (_, happens) => {
    const set = setUp();
    const left = vi.fn();
    (await set.viewers.of(identity())).untilLeft(left);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(left).not.toHaveBeenCalled();
    await happens(set);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(left).toHaveBeenCalledTimes(1);
  });

  it("are told nothing after they went, and nothing goes on for nobody", async () => {
    const { viewers } = setUp();
    const left = vi.fn();
    const stop = (await viewers.of(identity())).untilLeft(left);
    expect(vi.getTimerCount()).toBe(1);
    stop();
    expect(vi.getTimerCount()).toBe(0);
    viewers.end("s", Date.now() + 1_000);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(left).not.toHaveBeenCalled();
    await expect(viewers.of(identity())).rejects.toThrow("Your session has ended.");
  });

  it("are forgotten when they did not look for long, and bounded", async () => {
    const { viewers, closed } = setUp();
    for (let count = 0; count < 510; count += 1) await viewers.of(identity({ key: `k${count}` }));
    expect(closed).toHaveBeenCalledTimes(10);
    expect(viewers.knows(identity({ key: "k0" }))).toBe(false);
    await vi.advanceTimersByTimeAsync(600_000);
    await viewers.of(identity({ key: "new" }));
    expect(viewers.knows(identity({ key: "k509" }))).toBe(false);
  });
});
