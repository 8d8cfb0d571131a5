import { describe, expect, it } from "vitest";
import { scannedAtOnce } from "@/lib/metrics/scan";
import { budgeted, parseBudget } from "./query-budget";

const QUERY = { kind: "instant", aggregation: "sum", selector: { metric: "up", matchers: [] }, by: [] } as const;

function setUp(text: string, takesMs = 0) {
  const clock = { ms: 0 };
  const metrics = scannedAtOnce({
    instant: async () => {
      clock.ms += takesMs;
      return [];
    },
    range: async () => [],
  });
  const limits = parseBudget(text);
  if (limits === null) throw new Error(text);
  return { clock, budget: budgeted(metrics, limits, () => clock.ms) };
}

describe("parseBudget", () => {
  it("reads queries, seconds or both", () => {
    expect(parseBudget("120")).toEqual({ queriesPerMinute: 120, secondsPerMinute: null });
    expect(parseBudget("20s")).toEqual({ queriesPerMinute: null, secondsPerMinute: 20 });
    expect(parseBudget("120, 2.5s")).toEqual({ queriesPerMinute: 120, secondsPerMinute: 2.5 });
  });

  it.each(["", "0", "-1", "many", "5m", "1,2", "1s,2s", "1e9"])("refuses %j", (text) => {
    expect(parseBudget(text)).toBeNull();
  });
});

describe("budgeted", () => {
  it("lets rounds of four come as often as the budget pays for them", async () => {
    const { clock, budget } = setUp("60");
    let rounds = 0;
    for (; clock.ms < 600_000; clock.ms += 2_000) {
      if (budget.waitMs(4) > 0) continue;
      rounds += 1;
      for (let n = 0; n < 4; n += 1) await budget.source.instant(QUERY, 0);
    }
    // Ten minutes at 60 a minute pay for 150 rounds; what was saved up before for two more.
    expect(rounds).toBeGreaterThanOrEqual(149);
    expect(rounds).toBeLessThanOrEqual(152);
  });

  it("does not stop for good when a round costs more than is ever saved up", async () => {
    const { clock, budget } = setUp("6");
    for (let n = 0; n < 4; n += 1) await budget.source.instant(QUERY, 0);
    const wait = budget.waitMs(4);
    expect(wait).toBeGreaterThan(30_000);
    clock.ms += wait;
    expect(budget.waitMs(4)).toBe(0);
  });

  it("counts the store's time, of questions by hand too", async () => {
    const { clock, budget } = setUp("6s", 3_000);
    expect(budget.waitMs(4)).toBe(0);
    await budget.source.instant(QUERY, 0);
    const wait = budget.waitMs(4);
    expect(wait).toBeGreaterThan(15_000);
    clock.ms += wait;
    expect(budget.waitMs(4)).toBe(0);
    expect(budget.words).toBe("6 s of the store's time");
  });
});
