import { describe, expect, it } from "vitest";
import type { Certificate, Proxy as ConnectedProxy, ControllerStatus } from "@/lib/contract/admin";
import type { Change } from "@/lib/contract/changes";
import { OverviewSchema } from "@/lib/contract/overview";
import { NO_SAMPLES } from "@/lib/metrics/mesh-queries";
import { BOOKSTORE, modelOf } from "@/test/support/bookstore-mesh";
import { encrypted, samplesOf } from "@/test/support/mesh-samples";
import type { Frame } from "./frame";
import { type OverviewParts, overviewOf } from "./overview";
import { NO_CONTROLLER_FACTS } from "./security";
import { trendOf } from "./trend";

const samples = samplesOf(
  [
    {
      from: "bookbuyer/bookbuyer",
      cluster: "bookstore/bookstore-v2|14001",
      classes: { "2": 6, "5": 2 },
      connections: encrypted(4),
      buckets: { "10": 8, "+Inf": 8 },
    },
    { from: "bookstore/bookstore-v2", cluster: "bookstore/bookstore-v2|14001|local", classes: { "2": 6, "5": 2 } },
  ],
  [{ from: "bookthief/bookthief", to: "bookstore/bookstore", perSecond: 2 }],
);
const frame: Frame = {
  ...{ at: 1000, windowSeconds: 60, samplesAt: 1000, queries: { count: 4, ms: 1 }, partial: [] },
  mesh: { objects: BOOKSTORE, model: modelOf(BOOKSTORE), meshConfig: null, deployments: [], partial: [] },
  samples,
  policy: "smi",
};

const status: ControllerStatus = {
  ...{ ready: true, leader: true, version: "1", startedAt: "", meshName: "osm", trustDomain: "cluster.local" },
  ...{ policyMode: "smi", staleSeconds: 0, reconcile: { count: 1, lastMs: 1, lastAt: null } },
};
const certificate = (identity: string, kind: Certificate["kind"], notAfter: string): Certificate => ({
  ...{ identity, kind, notAfter, subject: "", uris: [], serial: "", issuer: "", notBefore: "", provider: "" },
});
const proxy = (id: string, synced: boolean, refused = false): ConnectedProxy => ({
  ...{ id, namespace: "bookstore", pod: id, identity: "bookstore/bookstore-v1", connectedAt: "", envoyVersion: null },
  clientCertificate: null,
  types: [{ type: "CDS", synced, resources: 1, lastAckAt: null, nack: refused ? { at: "", message: "no" } : null }],
});
const facts = {
  ...NO_CONTROLLER_FACTS,
  proxies: [proxy("uuid-bookstore-v1", true), proxy("uuid-bookstore-v2", false, true)],
  certificates: [
    certificate("root", "root", "2030-01-01T00:00:00Z"),
    certificate("a/late", "workload", "2026-01-02T00:00:00Z"),
    certificate("a/soon", "workload", "2026-01-01T00:00:00Z"),
  ],
};
const change = (namespace: string): Change => ({
  ...{ at: 900, kind: "TrafficSplit", namespace, name: "a", verb: "changed", by: null, summary: "is another" },
});
const parts: OverviewParts = {
  ...{ meshName: "osm", controlNamespace: "osm-system", scope: null, trend: null, usual: new Map(), partial: [] },
  changes: { at: 1000, changes: [change("bookstore"), change("bookbuyer")], partial: [] },
  control: { status, facts },
  queries: { count: 2, ms: 5 },
};

describe("an overview", () => {
  const overview = overviewOf(frame, parts);

  it("is what its contract says", () => {
    expect(() => OverviewSchema.parse(overview)).not.toThrow();
    expect(overview.queries).toEqual({ count: 6, ms: 6 });
  });

  it("says what is wrong, where, and how much of it there is", () => {
    expect(overview.verdict.text).toBe("1 of 5 services needs attention: bookstore-v2 fails 25 % of 8/s.");
    expect(overview.services[0]).toMatchObject({ name: "bookstore-v2", status: "failing", score: 2 });
    expect(overview.edges[0]).toMatchObject({ target: "bookstore/service/bookstore-v2", status: "failing" });
    expect(overview.calls).toMatchObject({ requestsPerSecond: 8, successRatio: 0.75, deniedPerSecond: 2 });
    expect(overview.denied).toMatchObject([{ source: "bookthief/deployment/bookthief", perSecond: 2 }]);
  });

  it("counts calls of a split for its root as the page of services does", () => {
    const root = overviewOf(frame, parts).services.find(({ name }) => name === "bookstore");
    expect(root).toMatchObject({ requestsPerSecond: 8, errorRatio: 0.25, deniedPerSecond: 2 });
    expect(root?.status).toBe("healthy");
  });

  it("compares with the past hour only when there was one", () => {
    const id = overview.edges[0]?.id ?? "";
    const line = (length: number) => Array.from({ length }, () => 1);
    const trend = (minutes: number) => ({
      times: Array.from({ length: minutes + 1 }, (_, index) => index * 60_000),
      requestsPerSecond: line(minutes + 1),
      ...{ successRatio: line(minutes + 1), p99Ms: line(minutes + 1), deniedPerSecond: line(minutes + 1) },
    });
    const of = (minutes: number) => overviewOf(frame, { ...parts, trend: trend(minutes), usual: new Map([[id, 7]]) });
    expect(of(14).edges.find((edge) => edge.id === id)?.usualP99Ms).toBeNull();
    expect(of(15).edges.find((edge) => edge.id === id)?.usualP99Ms).toBe(7);
  });

  it("says how the control plane is", () => {
    expect(overview.control).toMatchObject({
      leader: true,
      replicas: null,
      proxies: { connected: 2, synced: 1, refusing: 1 },
      nextExpiry: { identity: "a/soon" },
    });
    expect(overview.control?.proxies.missing).toBeGreaterThan(0);
  });

  it("of some namespaces leaves out the others, and trends, which are of all", () => {
    const trend = { times: [1], requestsPerSecond: [1], successRatio: [1], p99Ms: [1], deniedPerSecond: [0] };
    const some = overviewOf(frame, { ...parts, trend, scope: new Set(["bookbuyer"]) });
    expect(some.services.map(({ namespace }) => namespace)).not.toContain("bookstore");
    expect(some.calls).toMatchObject({ requestsPerSecond: 8, deniedPerSecond: 0 });
    expect(some.changes).toMatchObject({ total: 1, recent: [{ namespace: "bookbuyer" }] });
    expect(some.trend).toBeNull();
  });

  it("without figures says nothing of calls, and what is missing once", () => {
    const away = { part: "metrics" as const, message: "It cannot be reached.", hint: "", lastGoodAt: null };
    const without: Frame = { ...frame, samples: NO_SAMPLES, samplesAt: null, partial: [away] };
    const found = overviewOf(without, { ...parts, control: null, partial: [away, away] });
    expect(found).toMatchObject({ calls: null, control: null, partial: [away] });
    expect(found.verdict.text).toContain("could not be measured");
  });
});

it("a trend has a value for each step, gaps included; success is known without a failed call", () => {
  const row = (part: string, points: [number, number | null][]) => ({ labels: { part }, points });
  const trend = trendOf(
    [
      row("requests", [
        [30, 10],
        [60, 10],
      ]),
      row("errors", [[60, 1]]),
    ],
    {
      ...{ start: 0, end: 60, stepSeconds: 30 },
    },
  );
  expect(trend).toEqual({
    times: [0, 30_000, 60_000],
    requestsPerSecond: [null, 10, 10],
    successRatio: [null, 1, 0.9],
    p99Ms: [null, null, null],
    deniedPerSecond: [null, null, null],
  });
});
