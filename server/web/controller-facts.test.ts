import { describe, expect, it, vi } from "vitest";
import type { Calls } from "@/lib/contract/calls";
import { AppError } from "@/lib/contract/errors";
import { ControllerReader } from "./controller-facts";

const NONE: Calls = { items: [], cursor: "a.0", missed: 0, sampleOneIn: 100 };

function reader(calls: () => Promise<Calls>) {
  let at = 1_000;
  const client = {
    status: vi.fn(),
    problems: vi.fn(),
    certificates: vi.fn(async () => []),
    proxies: vi.fn(async () => []),
    config: vi.fn(),
    envoyConfig: vi.fn(),
    calls: vi.fn(calls),
    callAggregates: vi.fn(),
    changes: vi.fn(),
    callKinds: vi.fn(),
  };
  return { reader: new ControllerReader(client, () => at), client, pass: (ms: number) => (at += ms) };
}
const away = () => Promise.reject(new AppError("upstream_unavailable", "It cannot be reached.", { hint: "Start it." }));

describe("ControllerReader", () => {
  it("asks once a period, however many look", async () => {
    const { reader: facts, client, pass } = reader(async () => NONE);
    await Promise.all([facts.read(), facts.read(), facts.read()]);
    pass(1_000);
    await facts.read();
    expect(client.calls).toHaveBeenCalledTimes(1);
    pass(1_000);
    await facts.read();
    expect(client.calls).toHaveBeenCalledTimes(2);
  });

  it("does not ask again before it was answered", async () => {
    let answer: (calls: Calls) => void = () => undefined;
    const { reader: facts, client, pass } = reader(() => new Promise((resolve) => (answer = resolve)));
    const first = facts.read();
    pass(10_000);
    const second = facts.read();
    expect(client.calls).toHaveBeenCalledTimes(1);
    answer(NONE);
    expect(await first).toBe(await second);
  });

  it("keeps the last good answer of one that is away, and says from when", async () => {
    let works = true;
    const { reader: facts, pass } = reader(() => (works ? Promise.resolve(NONE) : away()));
    expect((await facts.read()).partial).toEqual([]);
    works = false;
    pass(5_000);
    expect((await facts.read()).partial).toEqual([
      { part: "controller", message: "It cannot be reached.", hint: "Start it.", lastGoodAt: 1_000, reason: "away" },
    ]);
    works = true;
    pass(5_000);
    expect((await facts.read()).partial).toEqual([]);
  });

  it("says how to configure one when there is none", async () => {
    const facts = await new ControllerReader(null, () => 0).read();
    expect(facts.partial[0]?.hint).toContain("MESHDECK_CONTROLLER_URL");
  });
});
