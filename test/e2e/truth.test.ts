/** What the dashboard shows against what an application counted itself. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Chart } from "@/lib/contract/charts";
import type { Topology, TopologyEdge } from "@/lib/contract/topology";
import type { Pod } from "@/lib/kube/objects";
import { eventually, type LocalMode, startLocalMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL);
const WINDOW_SECONDS = 60;
/** A sidecar is scraped every two seconds: the newest calls show a little later. */
const SCRAPE_MS = 2_000;
const TOLERANCE = 0.05;
const ERRORS_SECONDS = 20;
const WORK_MS = 160;
/** So many that a 99th percentile is not a handful of calls. */
const CALLS_PER_SECOND = 100;
/** Charts of these steps take their rates over a minute, and end on a multiple of one. */
const STEP_SECONDS = 30;
const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
const BACKENDS = new Set(["bookstore/service/bookstore-v1", "bookstore/service/bookstore-v2"]);
const CHART = new URLSearchParams({
  kind: "edge",
  source: "bookbuyer/deployment/bookbuyer",
  target: "bookstore/service/bookstore-v1",
  range: "1m",
  step: `${STEP_SECONDS}s`,
});
/** A sidecar counts whole milliseconds, and not what its own caller spends. */
const TOLERANCE_MS = 1.5;

/** What a shopper of the demo counted since it started. */
interface Tally {
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byIdentity: Readonly<Record<string, number>>;
  /** Of the newest answers: unix milliseconds of the end, milliseconds, whose. */
  readonly took: readonly (readonly [number, number, string])[];
}

describe.skipIf(!available)("what is shown is what happened", () => {
  let local: LocalMode;
  beforeAll(async () => {
    local = await startLocalMode();
    await eventually("traffic", 60, async () => {
      const { edges } = await local.topology();
      return edges.filter(({ requestsPerSecond }) => requestsPerSecond > 0).length >= 4 || null;
    });
  });
  afterAll(() => local?.stop("SIGTERM"));

  it("rates, errors, refusals and shares of a minute are within 5 % of the shoppers' own counts", async () => {
    // Unequal shares, so that confusing the two backends would show.
    const split = { spec: { backends: [backend("bookstore-v1", 75), backend("bookstore-v2", 25)] } };
    const patch = ["--type=merge", "-p", JSON.stringify(split)];
    await local.kubectl("patch", "trafficsplit", "bookstore", "-n", "bookstore", ...patch);
    // Slow enough that what a call takes besides is little of it.
    const slow = [
      { op: "add", path: "/spec/template/spec/containers/0/env/-", value: { name: "WORK_MS", value: String(WORK_MS) } },
    ];
    for (const name of ["bookstore-v1", "bookstore-v2"]) {
      const change = ["--type=json", "-p", JSON.stringify(slow)];
      await local.kubectl("patch", "deployment", name, "-n", "bookstore", ...change);
    }
    const often = [
      { op: "replace", path: "/spec/template/spec/containers/0/env/0/value", value: String(CALLS_PER_SECOND) },
    ];
    const faster = ["--type=json", "-p", JSON.stringify(often)];
    await local.kubectl("patch", "deployment", "bookbuyer", "-n", "bookbuyer", ...faster);
    await eventually("both are slow", 60, async () => {
      const { edges } = await local.topology(10);
      const slowOnes = edges.filter(
        ({ target, latencyMs }) => BACKENDS.has(target) && (latencyMs?.p50 ?? 0) > WORK_MS / 2,
      );
      return slowOnes.length === BACKENDS.size || null;
    });
    await sleep(startFor(Date.now() + 5_000) - Date.now());

    const urls = { buyer: await tallyUrl("bookbuyer"), thief: await tallyUrl("bookthief") };
    const before = { buyer: await tally(urls.buyer), thief: await tally(urls.thief), at: Date.now() };
    await sleep(WINDOW_SECONDS * 1000);
    const after = { buyer: await tally(urls.buyer), thief: await tally(urls.thief), at: Date.now() };
    await sleep(SCRAPE_MS);
    const topology = await local.topology(WINDOW_SECONDS);
    const chart = await local.get<Chart>(`/api/charts?${CHART}`);
    const seconds = (after.at - before.at) / 1000;

    const buyer = grown(before.buyer, after.buyer);
    const edges = edgesFrom(topology, "bookbuyer").filter(({ splitShare }) => splitShare !== null);
    const shown = (of: (edge: TopologyEdge) => number) => edges.reduce((sum, edge) => sum + of(edge), 0);
    const answers = sum(buyer.byIdentity);
    near(shown(rate), sum(buyer.byStatus) / seconds, "bookbuyer's rate");
    near(
      shown((edge) => rate(edge) * (edge.errorRatio ?? 0)),
      failures(buyer) / seconds,
      "bookbuyer's errors",
    );
    near(
      shown((edge) => edge.deniedPerSecond),
      (buyer.byStatus["403"] ?? 0) / seconds,
      "bookbuyer's refusals",
    );
    for (const name of ["bookstore-v1", "bookstore-v2"]) {
      const edge = edges.find(({ target }) => target === `bookstore/service/${name}`);
      expect(Math.abs((edge?.splitShare ?? 0) - (buyer.byIdentity[name] ?? 0) / answers), name).toBeLessThan(TOLERANCE);
    }

    const v1 = edges.find(({ target }) => target === "bookstore/service/bookstore-v1");
    const all = await tally(urls.buyer);
    for (const [name, share] of Object.entries(SHARES) as [keyof typeof SHARES, number][]) {
      const drawn = chart.series.find((one) => one.name === name)?.points.at(-1)?.[1] ?? 0;
      nearMs(v1?.latencyMs?.[name] ?? 0, { took: tookUntil(all, topology.at), share }, `${name} in the graph`);
      nearMs(drawn, { took: tookUntil(all, chart.at), share }, `${name} in the chart`);
    }

    const thief = grown(before.thief, after.thief);
    const refused = edgesFrom(topology, "bookthief").reduce((all, edge) => all + edge.deniedPerSecond, 0);
    expect(thief.byStatus["403"]).toBeGreaterThan(0);
    near(refused, (thief.byStatus["403"] ?? 0) / seconds, "bookthief's refusals");
  }, 150_000);

  it("errors are within 5 % when a backend has no pod left", async () => {
    const url = await tallyUrl("bookbuyer");
    const good = failures(await tally(url));
    await local.kubectl("scale", "deployment", "bookstore-v1", "-n", "bookstore", "--replicas=0");
    // Pods that end still answer for a moment.
    await eventually("calls fail", 30, async () => (failures(await tally(url)) > good + 20 ? true : null));
    await sleep(2 * SCRAPE_MS);
    const before = { tally: await tally(url), at: Date.now() };
    await sleep(ERRORS_SECONDS * 1000);
    const after = { tally: await tally(url), at: Date.now() };
    await sleep(SCRAPE_MS);
    const topology = await local.topology(ERRORS_SECONDS);
    const failed = edgesFrom(topology, "bookbuyer").reduce((all, edge) => all + rate(edge) * (edge.errorRatio ?? 0), 0);
    const counted = failures(grown(before.tally, after.tally)) / ((after.at - before.at) / 1000);
    expect(counted).toBeGreaterThan(1);
    near(failed, counted, "bookbuyer's errors");
  }, 90_000);

  async function tallyUrl(app: string): Promise<string> {
    const list = JSON.parse(await local.kubectl("get", "pods", "-n", app, "-l", `app=${app}`, "-o", "json"));
    const [pod] = list.items as Pod[];
    return `http://${pod?.metadata.annotations?.["meshdeck.io/loopback"]}:14001/`;
  }
});

function backend(service: string, weight: number): { service: string; weight: number } {
  return { service, weight };
}

async function tally(url: string): Promise<Tally> {
  return (await (await fetch(url)).json()) as Tally;
}

function grown(before: Tally, after: Tally): Omit<Tally, "took"> {
  const minus = (now: Tally["byStatus"], then: Tally["byStatus"]) =>
    Object.fromEntries(Object.entries(now).map(([name, count]) => [name, count - (then[name] ?? 0)]));
  return {
    byStatus: minus(after.byStatus, before.byStatus),
    byIdentity: minus(after.byIdentity, before.byIdentity),
  };
}

function edgesFrom(topology: Topology, app: string): readonly TopologyEdge[] {
  return topology.edges.filter(({ source }) => source === `${app}/deployment/${app}`);
}

function rate(edge: TopologyEdge): number {
  return edge.requestsPerSecond;
}

function failures({ byStatus }: Pick<Tally, "byStatus">): number {
  return sum(Object.fromEntries(Object.entries(byStatus).filter(([status]) => status.startsWith("5"))));
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}

/** Within 5 %, or for rare events within one call in twenty seconds. */
function near(shown: number, counted: number, what: string): void {
  process.stderr.write(`truth: ${what}: shown ${shown.toFixed(3)}/s, counted ${counted.toFixed(3)}/s\n`);
  expect(Math.abs(shown - counted), `${what}: shown ${shown}, counted ${counted}`).toBeLessThanOrEqual(
    Math.max(TOLERANCE * counted, 0.05),
  );
}

/**
 * Within 5 %, or what a sidecar cannot know, of a percentile that is itself only as sure as the calls are many: a 99th of some
 * 4,000 calls lies between two of them that stand on either side of the forty-fourth slowest, one standard error away.
 */
function nearMs(shown: number, { took, share }: { took: readonly number[]; share: number }, what: string): void {
  const error = Math.sqrt((share * (1 - share)) / took.length);
  const [low, middle, high] = [share - error, share, share + error].map((each) => counted(took, each)) as [
    number,
    number,
    number,
  ];
  const said = `${what}: shown ${shown.toFixed(1)} ms, counted ${middle.toFixed(1)} ms (${low.toFixed(1)} to ${high.toFixed(1)})`;
  process.stderr.write(`truth: ${said}\n`);
  const off = shown < low ? low - shown : Math.max(0, shown - high);
  expect(off, said).toBeLessThanOrEqual(Math.max(TOLERANCE * middle, TOLERANCE_MS));
}

/** The value under which a share of the values lies. */
function counted(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** What calls of bookstore-v1 took that a window which ends then has counted: from its first scrape to its last. */
function tookUntil({ took }: Tally, end: number): readonly number[] {
  const to = end - SCRAPE_MS / 2;
  const from = end - WINDOW_SECONDS * 1000 + SCRAPE_MS / 2;
  return took.filter(([at, , identity]) => identity === "bookstore-v1" && at > from && at <= to).map(([, ms]) => ms);
}

/** The first moment from `earliest` on (unix milliseconds) that has the minute after it, and a scrape, end with a chart's step. */
function startFor(earliest: number): number {
  const stepMs = STEP_SECONDS * 1000;
  const laterMs = WINDOW_SECONDS * 1000 + SCRAPE_MS / 2;
  return Math.ceil((earliest + laterMs) / stepMs) * stepMs - laterMs;
}
