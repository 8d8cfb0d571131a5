/** A history of scrapes with everything that makes counters hard: resets, gaps, series that come, go and come back. */
import type { Labels } from "@/lib/metrics/query";
import type { RemoteSeries } from "@/test/support/remote-write";

export interface Scrape {
  readonly target: { readonly id: string; readonly labels: Labels };
  /** Unix milliseconds. */
  readonly at: number;
  /** By series as written; null: the scrape failed. */
  readonly values: ReadonlyMap<string, number> | null;
}

const ROUNDS = 300;
/** Between two scrapes, but for a jitter. */
export const INTERVAL_MS = 2000;
const BOUNDS = ["1", "5", "10", "25", "100", "+Inf"];

/** Length of the history. */
export const HISTORY_SECONDS = (ROUNDS * INTERVAL_MS) / 1000;

interface Plan {
  readonly name: string;
  /** Rounds in which scraping fails, from and to (exclusive). */
  readonly gaps: readonly (readonly [number, number])[];
  /** Rounds at which every counter starts again from zero. */
  readonly resets: readonly number[];
  /** Round after which the target is gone without a word; the last one when it stays. */
  readonly until: number;
}

const PLANS: readonly Plan[] = [
  { name: "steady", gaps: [], resets: [], until: ROUNDS },
  { name: "restarting", gaps: [[60, 75]], resets: [120, 190], until: ROUNDS },
  { name: "leaving", gaps: [[20, 22]], resets: [], until: 210 },
];

/**
 * `rough`: every scrape finds another growth. `even`: every scrape finds the same one, and no series is hidden, so that
 * stores which take rates between other samples still come to the same numbers.
 */
export type Pace = "rough" | "even";

/** `start`: unix milliseconds. Sorted by time. The same every time. */
export function history(start: number, pace: Pace): readonly Scrape[] {
  const scrapes = PLANS.flatMap((plan, index) =>
    targetHistory(plan, { start: start + index * 411, seed: index + 1, pace }),
  );
  return scrapes.sort((a, b) => a.at - b.at);
}

function targetHistory(plan: Plan, how: { start: number; seed: number; pace: Pace }): Scrape[] {
  const { start, seed, pace } = how;
  const target = { id: plan.name, labels: { source_workload_name: plan.name } };
  const random = generator(seed);
  const growth = pace === "rough" ? random : () => 0.95;
  let counters = new Map<string, number>();
  const scrapes: Scrape[] = [];
  for (let round = 0; round < plan.until; round += 1) {
    if (plan.resets.includes(round)) counters = new Map();
    // Counters were there before: how far a young one is extrapolated back differs between versions of Prometheus.
    const from = plan.resets.some((reset) => reset <= round) ? 0 : 1000;
    count(counters, growth, { round, from });
    const failed = plan.gaps.some(([from, to]) => round >= from && round < to);
    // Scrapes are never quite on time.
    const at = start + round * INTERVAL_MS + Math.floor(random() * 40);
    scrapes.push({ target, at, values: failed ? null : visible(counters, pace === "rough" ? round : 0) });
  }
  return scrapes;
}

interface Moment {
  readonly round: number;
  /** What a counter begins with. */
  readonly from: number;
}

function count(counters: Map<string, number>, random: () => number, { round, from }: Moment): void {
  const grow = (series: string, by: number) => counters.set(series, (counters.get(series) ?? from) + by);
  for (const cluster of ["shop/web|80", "shop/db|5432"]) {
    grow(`requests_total{cluster="${cluster}",class="2"}`, Math.floor(random() * 20));
    grow(`requests_total{cluster="${cluster}",class="5"}`, random() > 0.9 ? 1 : 0);
    let total = 0;
    for (const bound of BOUNDS) {
      total += Math.floor(random() * 5);
      grow(`latency_bucket{cluster="${cluster}",le="${bound}"}`, total);
    }
  }
  counters.set(`open_connections{cluster="shop/web|80"}`, Math.floor(random() * 10));
  counters.set(`idle_total{cluster="shop/web|80"}`, 7);
  // One that starts while it is watched, from zero.
  const late = `late_total{cluster="shop/web|80"}`;
  if (round >= 100) counters.set(late, (counters.get(late) ?? -3) + 3);
}

/** The exposition leaves out the database between rounds 150 and 220. */
function visible(counters: ReadonlyMap<string, number>, round: number): ReadonlyMap<string, number> {
  const hidden = round >= 150 && round < 220;
  return new Map([...counters].filter(([series]) => !hidden || !series.includes("shop/db")));
}

/** The same history as a Prometheus that scraped it would hold it. */
export function asRemoteSeries(scrapes: readonly Scrape[], parse: (series: string) => Labels): RemoteSeries[] {
  const series = new Map<string, { metric: string; labels: Labels; samples: [number, number | "stale"][] }>();
  for (const { target, at, values } of scrapes) {
    for (const [text, value] of values ?? []) {
      const id = `${target.id} ${text}`;
      const labels = { ...parse(text), ...target.labels };
      const made = series.get(id) ?? { metric: text.slice(0, text.indexOf("{")), labels, samples: [] };
      made.samples.push([at, value]);
      series.set(id, made);
    }
    for (const [id, { samples }] of series) {
      if (!id.startsWith(`${target.id} `)) continue;
      const last = samples.at(-1);
      if (last !== undefined && last[0] !== at && last[1] !== "stale") samples.push([at, "stale"]);
    }
  }
  return [...series.values()];
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
