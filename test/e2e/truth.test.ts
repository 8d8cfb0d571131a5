/** What the dashboard shows against what an application counted itself. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Topology, TopologyEdge } from "@/lib/contract/topology";
import type { Pod } from "@/lib/kube/objects";
import { eventually, type LocalMode, startLocalMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL);
const WINDOW_SECONDS = 60;
/** A sidecar is scraped every two seconds: the newest calls show a little later. */
const SCRAPE_MS = 2_000;
const TOLERANCE = 0.05;

/** What a shopper of the demo counted since it started. */
interface Tally {
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byIdentity: Readonly<Record<string, number>>;
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
    await sleep(3_000);

    const urls = { buyer: await tallyUrl("bookbuyer"), thief: await tallyUrl("bookthief") };
    const before = { buyer: await tally(urls.buyer), thief: await tally(urls.thief), at: Date.now() };
    await sleep(WINDOW_SECONDS * 1000);
    const after = { buyer: await tally(urls.buyer), thief: await tally(urls.thief), at: Date.now() };
    await sleep(SCRAPE_MS);
    const topology = await local.topology(WINDOW_SECONDS);
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

    const thief = grown(before.thief, after.thief);
    const refused = edgesFrom(topology, "bookthief").reduce((all, edge) => all + edge.deniedPerSecond, 0);
    expect(thief.byStatus["403"]).toBeGreaterThan(0);
    near(refused, (thief.byStatus["403"] ?? 0) / seconds, "bookthief's refusals");
  }, 120_000);

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

function grown(before: Tally, after: Tally): Tally {
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

function failures({ byStatus }: Tally): number {
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
