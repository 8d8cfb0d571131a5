import { describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { DataSourceSchema } from "@/lib/contract/settings";
import { MESHDECK_TELEMETRY } from "@/lib/metrics/telemetry/meshdeck";
import type { StoreAbout } from "@/server/metrics/about-store";
import { OPEN_ACCESS } from "@/server/metrics/access";
import { type AskedController, checkCalls, checkController } from "./data-sources-controller";
import { checkKubernetes, type SourceClient } from "./data-sources-kubernetes";
import { checkMetrics } from "./data-sources-metrics";

const now = () => 60_000;
const away = new AppError("upstream_unavailable", "It cannot be reached.", { hint: "Start it." });

describe("Kubernetes", () => {
  const options = { controlNamespace: "osm-system", now };
  const api = (allowed: (plural: string) => boolean, version = '{"gitVersion":"v1.32.1"}'): SourceClient => ({
    server: "https://user:secret@10.0.0.1:6443/path",
    text: async () => version,
    create: async (_resource, review) => {
      const { resource } = (review.spec as { resourceAttributes: { resource: string } }).resourceAttributes;
      return { ...review, status: { allowed: allowed(resource), reason: "RBAC" } };
    },
  });

  it("says its version and what one may do, without secrets", async () => {
    const source = await checkKubernetes(() => api((plural) => plural !== "trafficsplits"), options);
    expect(DataSourceSchema.parse(source)).toMatchObject({ state: "ok", checkedAt: 60_000 });
    expect(source.facts).toEqual([
      { name: "Address", value: "10.0.0.1:6443" },
      { name: "Version", value: "v1.32.1" },
    ]);
    expect(source.rights.filter(({ allowed }) => !allowed)).toEqual([
      { action: "change TrafficSplits", allowed: false, why: "RBAC" },
    ]);
    expect(source.message).toContain("Not all");
  });

  it("says what is wrong and what to do", async () => {
    const source = await checkKubernetes(() => {
      throw away;
    }, options);
    expect(source).toMatchObject({ state: "down", message: away.message, hint: "Start it.", latencyMs: null });
    expect((await checkKubernetes(() => api(() => true, "<html>"), options)).state).toBe("down");
  });
});

describe("the metrics store", () => {
  const access = {
    ...OPEN_ACCESS,
    basic: { username: "ada", passwordFile: "/secret" },
    headers: { "X-Scope-OrgID": "secret" },
  };
  const settings = { url: "http://store:9090/prom", kind: "prometheus" as const, access };
  const check = (rows: readonly { labels: Record<string, string>; value: number }[], said: Partial<StoreAbout> = {}) =>
    checkMetrics({
      settings,
      about: async () => ({ application: null, version: null, retention: null, ...said }),
      metrics: { instant: async () => rows, range: async () => [] },
      telemetry: async () => MESHDECK_TELEMETRY,
      now,
    });

  it("says how much of the mesh it has, and what it says of itself", async () => {
    const source = await check([
      { labels: { part: "kept0" }, value: 1_000 },
      { labels: { part: "kept1" }, value: 234 },
      { labels: { part: "build", version: "3.1.0" }, value: 1 },
      { labels: { part: "retention" }, value: 1_296_000 },
    ]);
    expect(Object.fromEntries(source.facts.map(({ name, value }) => [name, value]))).toMatchObject({
      Address: "store:9090",
      "Series of the mesh": "1,234",
      Version: "3.1.0",
      "Kept for": "15d",
      Dialect: "meshdeck",
      "Signs in": "as ada, by password; by header X-Scope-OrgID",
    });
    const asked = await check([], { application: "Grafana Mimir", version: "2.17.1", retention: "30d" });
    expect(Object.fromEntries(asked.facts.map(({ name, value }) => [name, value]))).toMatchObject({
      ...{ Kind: "Grafana Mimir", Version: "2.17.1", "Kept for": "30d" },
    });
  });

  it("without series of the mesh says what to scrape; without a store how to set one", async () => {
    expect(await check([])).toMatchObject({ state: "degraded", message: expect.stringContaining("no series") });
    const none = {
      metrics: { instant: vi.fn(), range: vi.fn() },
      telemetry: async () => MESHDECK_TELEMETRY,
      now,
      about: null,
    };
    expect(await checkMetrics({ settings: null, ...none })).toMatchObject({
      state: "absent",
      hint: expect.stringContaining("MESHDECK_METRICS_URL"),
    });
  });
});

const NO_CALLS = { items: [], cursor: "", missed: 0, sampleOneIn: 1 };

describe("the controller", () => {
  const status = {
    ...{ ready: true, leader: true, version: "1", startedAt: "", meshName: "osm", trustDomain: "cluster.local" },
    ...{ policyMode: "smi" as const, staleSeconds: 0, reconcile: { count: 1, lastMs: 2.34, lastAt: null } },
  };
  const client = (more: Partial<AskedController> = {}): AskedController => ({
    status: async () => status,
    proxies: async () => [],
    certificates: async () => [],
    calls: async () => NO_CALLS,
    ...more,
  });
  const settings = { url: "https://controller:8443", caFile: null, tokenFile: null };
  const check = (more?: Partial<AskedController>) => checkController({ settings, client: client(more), now });

  it("is well, not ready, behind the API, away, or not configured", async () => {
    expect((await check()).state).toBe("ok");
    expect(await check({ status: async () => ({ ...status, ready: false }) })).toMatchObject({ state: "degraded" });
    const behind = await check({ status: async () => ({ ...status, staleSeconds: 90 }) });
    expect(behind.message).toBe("It has not heard from the Kubernetes API for 1m 30s.");
    expect((await check({ status: () => Promise.reject(away) })).state).toBe("down");
    expect((await checkController({ settings: null, client: null, now })).state).toBe("absent");
  });

  it("says when a sidecar last told of a call", async () => {
    const call = { at: 48_000 } as Awaited<ReturnType<AskedController["calls"]>>["items"][number];
    const told = await checkCalls({
      settings,
      client: client({ calls: async () => ({ ...NO_CALLS, items: [call] }) }),
      now,
    });
    expect(told.message).toBe("The newest call was told 12s ago.");
    expect((await checkCalls({ settings, client: client(), now })).message).toContain("No sidecar");
  });
});
