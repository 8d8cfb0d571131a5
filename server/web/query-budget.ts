/**
 * What the dashboard's questions may cost the store. What is spent comes back steadily, so a small budget makes refreshes
 * rarer, not later and later; who asks by hand is answered, and the refreshes pay for it.
 */
import type { ScannedSource } from "@/lib/metrics/scan";

export interface BudgetLimits {
  /** null: not limited. */
  readonly queriesPerMinute: number | null;
  readonly secondsPerMinute: number | null;
}

/** So much of a minute's budget may be spent at once. */
const BURST = 1 / 6;

/** Reads `120`, `20s` or `120,20s`; null for anything else. */
export function parseBudget(text: string): BudgetLimits | null {
  let queriesPerMinute: number | null = null;
  let secondsPerMinute: number | null = null;
  for (const item of text.split(",").map((one) => one.trim())) {
    const [, digits = "", unit] = /^(\d{1,6}(?:\.\d+)?)(s?)$/.exec(item) ?? [];
    const amount = Number(digits);
    if (digits === "" || !(amount > 0)) return null;
    if (unit === "s" && secondsPerMinute === null) secondsPerMinute = amount;
    else if (unit === "" && queriesPerMinute === null) queriesPerMinute = amount;
    else return null;
  }
  return { queriesPerMinute, secondsPerMinute };
}

export interface QueryBudget {
  /** As `metrics`, but every question is paid for. */
  readonly source: ScannedSource;
  /** Milliseconds until `queries` questions are paid for; 0: now. */
  waitMs(queries: number): number;
  /** What it is, for people: `120 queries a minute`. */
  readonly words: string;
}

/** `now` in unix milliseconds. */
export function budgeted(metrics: ScannedSource, limits: BudgetLimits, now: () => number): QueryBudget {
  const queries = limits.queriesPerMinute === null ? null : purse(limits.queriesPerMinute, now);
  const seconds = limits.secondsPerMinute === null ? null : purse(limits.secondsPerMinute, now);
  const paid = async <T>(asked: () => Promise<T>): Promise<T> => {
    queries?.spend(1);
    const started = now();
    try {
      return await asked();
    } finally {
      seconds?.spend((now() - started) / 1000);
    }
  };
  return {
    source: {
      instant: (...question) => paid(() => metrics.instant(...question)),
      range: (...question) => paid(() => metrics.range(...question)),
      scan: (...question) => paid(() => metrics.scan(...question)),
    },
    waitMs: (count) => Math.max(queries?.waitMs(count) ?? 0, seconds?.waitMs(0) ?? 0),
    words: [
      limits.queriesPerMinute === null ? [] : `${limits.queriesPerMinute} queries`,
      limits.secondsPerMinute === null ? [] : `${limits.secondsPerMinute} s of the store's time`,
    ]
      .flat()
      .join(" and "),
  };
}

interface Purse {
  spend(amount: number): void;
  /** Until it holds `amount`, or as much as it ever does. */
  waitMs(amount: number): number;
}

function purse(perMinute: number, now: () => number): Purse {
  const most = perMinute * BURST;
  const perMs = perMinute / 60_000;
  let held = most;
  let at = now();
  const fill = () => {
    held = Math.min(most, held + (now() - at) * perMs);
    at = now();
  };
  return {
    spend(amount) {
      fill();
      held -= amount;
    },
    waitMs(amount) {
      fill();
      return Math.ceil(Math.max(0, Math.min(amount, most) - held) / perMs);
    },
  };
}
