/** The dashboard's server as it is built, against the embedded API and store: its contract, its refusals, its stream. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import type { ErrorBody } from "@/lib/contract/error-body";
import type { Health } from "@/lib/contract/health";
import type { Route } from "@/lib/contract/route";
import { ROUTES } from "@/lib/contract/routes";
import type { Splits } from "@/lib/contract/splits";
import { STREAM_EVENTS, type StreamEventName } from "@/lib/contract/stream";
import type { KubeObject } from "@/lib/kube/objects";
import {
  type Answer,
  DASHBOARD_IS_BUILT,
  type Dashboard,
  openEvents,
  startDashboard,
  statusAs,
} from "../support/dashboard";
import { type DemoApi, startDemoApi } from "../support/demo-api";
import { expectDocumented } from "../support/documented";
import { eventually } from "../support/local-mode";

const SPLITS = { group: "split.smi-spec.io", version: "v1alpha2", plural: "trafficsplits" };
const AT = { namespace: "bookstore", name: "bookstore" };
const PATHS: Readonly<Record<string, string>> = {
  explain: "/api/access/explain?source=bookthief/bookthief&destination=bookstore/bookstore&method=GET&path=/",
  charts: "/api/charts?kind=split&split=bookstore/bookstore",
  rights: "/api/rights?ns=bookstore",
  smiList: "/api/smi/httproutegroups",
  smiGet: "/api/smi/trafficsplits/bookstore/bookstore",
  rollouts: "/api/namespaces/bookstore/rollouts",
  service: "/api/services/bookstore/bookstore-v1",
  workload: "/api/workloads/bookbuyer/deployment/bookbuyer",
  events: "/api/events?node=bookstore/service/bookstore-v1",
};
/** Asked of the controller, which is not here: see "says that no controller is configured". */
const OF_THE_CONTROLLER = new Set(["proxies", "proxyConfig", "envoyConfig"]);
const STREAMS = new Set(["stream", "callStream"]);
/** Answered only about what has to be made first: "signs links", and the pods of test/pages/services. */
const OF_WHAT_IS_MADE = new Set(["embedData", "embedSvg", "embedPng", "podLogs"]);
const answersAtOnce = (name: string) =>
  !OF_THE_CONTROLLER.has(name) && !STREAMS.has(name) && !OF_WHAT_IS_MADE.has(name);

let folder: string;
let api: DemoApi;
beforeAll(async () => {
  if (!DASHBOARD_IS_BUILT) return;
  folder = mkdtempSync(join(tmpdir(), "meshdeck-web-"));
  api = await startDemoApi();
  writeFileSync(join(folder, "kubeconfig"), api.kubeconfig);
});
afterAll(async () => {
  await api?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const gets = Object.entries(ROUTES as Readonly<Record<string, Route>>).filter(([, route]) => route.method === "GET");

const errorOf = (answer: Answer) => (answer.body as ErrorBody).error;

describe.skipIf(!DASHBOARD_IS_BUILT)("the dashboard's server", () => {
  let web: Dashboard;
  beforeAll(async () => {
    const keyFile = join(folder, "embed-key");
    writeFileSync(keyFile, randomBytes(32).toString("base64"), { mode: 0o600 });
    web = await startDashboard({
      MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
      MESHDECK_METRICS_URL: api.metricsUrl,
      MESHDECK_METRICS_KIND: "embedded",
      MESHDECK_EMBED_KEY_FILE: keyFile,
    });
  });
  afterAll(() => web?.stop());

  const live = async () => api.store.get(SPLITS, AT);
  const viewers = async () =>
    Number(/^meshdeck_dashboard_stream_viewers (\d+)$/m.exec((await web.ask("/metrics")).text)?.[1]);

  it.each(gets.filter(([name]) => answersAtOnce(name)))("answers %s as its contract says", async (name, route) => {
    const answer = await web.ask(PATHS[name] ?? route.path);
    expect(answer.status, answer.text).toBe(200);
    expectDocumented(route, answer);
    if (route.answer instanceof z.ZodType) expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });

  it("signs links to one view, and answers by them as its contract says", async () => {
    const view = { kind: "service", service: "bookstore/bookstore-v1" };
    const made = await web.write("POST", "/api/embeds", { view, ttlHours: 1, origin: "http://127.0.0.1:9" });
    expect(made.status, made.text).toBe(201);
    expectDocumented(ROUTES.embedCreate, made);
    const { token } = made.body as { token: string };
    for (const name of ["embedData", "embedSvg", "embedPng"] as const) {
      const answer = await web.ask(ROUTES[name].path.replace("{token}", token));
      expect(answer.status, answer.text).toBe(200);
      expectDocumented(ROUTES[name], answer);
    }
  });

  it("gives every page a nonce of its own, and its scripts with it", async () => {
    const [one, other] = [await web.ask("/"), await web.ask("/")];
    const nonce = (page: Answer) => /'nonce-([^']{20,})'/.exec(page.headers.get("content-security-policy") ?? "")?.[1];
    expect(nonce(one)).toBeDefined();
    expect(nonce(one)).not.toBe(nonce(other));
    expect(one.text).toContain(`nonce="${nonce(one)}"`);
    expect(one.text).not.toMatch(/<script(?![^>]*nonce=)/);
  });

  it("tells of a past instant, of the graph and of one service, and of no future one", async () => {
    for (const name of ["topology", "service"] as const) {
      const path = PATHS[name] ?? ROUTES[name].path;
      const past = Date.now() - 60_000;
      const answer = await web.ask(`${path}?at=${past}`);
      expect(answer.status, answer.text).toBe(200);
      expect(answer.body).toMatchObject({ at: past });
      expectDocumented(ROUTES[name], answer);
      const future = await web.ask(`${path}?at=${Date.now() + 3_600_000}`);
      expect([future.status, errorOf(future).code]).toEqual([400, "invalid_request"]);
    }
  });

  it("says that no controller is configured, and shows the rest", async () => {
    const proxies = await web.ask("/api/proxies");
    expect(proxies.status).toBe(503);
    expect((await web.ask("/api/proxies/6f1b5d0e-0000-4000-8000-000000000000/config")).status).toBe(503);
    expect(errorOf(proxies)).toMatchObject({
      code: "not_configured",
      hint: expect.stringContaining("MESHDECK_CONTROLLER_URL"),
    });
    const health = (await web.ask("/api/health")).body as Health;
    expect(health.status).toBe("ok");
    expect(health.parts.map(({ name, state }) => [name, state])).toEqual([
      ["dashboard", "ok"],
      ["kubernetes", "ok"],
      ["metrics", "ok"],
      ["controller", "absent"],
    ]);
  });

  it("tells desired and observed shares", async () => {
    const { items } = (await web.ask("/api/splits?window=30s")).body as Splits;
    expect(items).toHaveLength(1);
    const [v1, v2] = items[0]?.backends ?? [];
    expect([v1?.desiredShare, v2?.desiredShare]).toEqual([0.5, 0.5]);
    expect(v1?.observed?.share).toBeCloseTo(0.75, 2);
    expect(v2?.observed?.share).toBeCloseTo(0.25, 2);
  });

  it("creates, replaces and deletes an SMI object, and dry runs leave no trace", async () => {
    const object = {
      apiVersion: "split.smi-spec.io/v1alpha4",
      kind: "TrafficSplit",
      metadata: { namespace: "bookstore", name: "trial" },
      spec: { service: "bookstore", backends: [{ service: "bookstore-v1", weight: 1 }] },
    };
    const path = "/api/smi/trafficsplits/bookstore/trial";
    expect((await web.write("POST", "/api/smi/trafficsplits?dryRun=true", { object, dryRun: false })).status).toBe(201);
    expect((await web.ask(path)).status).toBe(404);
    const created = await web.write("POST", "/api/smi/trafficsplits", { object });
    expect(created.status, created.text).toBe(201);
    const stored = (created.body as { object: KubeObject }).object;
    expect(stored.apiVersion).toBe(object.apiVersion);
    const again = await web.write("POST", "/api/smi/trafficsplits", { object });
    expect([again.status, errorOf(again).details?.fields?.[0]?.field]).toEqual([409, "metadata.name"]);
    const changed = { ...stored, spec: { ...object.spec, backends: [{ service: "bookstore-v2", weight: 1 }] } };
    const replaced = await web.write("PUT", path, { object: changed });
    expect(replaced.status, replaced.text).toBe(200);
    const version = (replaced.body as { object: KubeObject }).object.metadata.resourceVersion;
    expect((await web.write("DELETE", `${path}?resourceVersion=${version}&dryRun=true`)).body).toEqual({
      deleted: false,
      dryRun: true,
    });
    expect((await web.write("DELETE", `${path}?resourceVersion=${version}`)).body).toEqual({
      deleted: true,
      dryRun: false,
    });
    const late = await web.write("PUT", path, { object: changed });
    expect([late.status, errorOf(late).message]).toEqual([404, "TrafficSplit bookstore/trial was deleted meanwhile."]);
  });

  it("overwrites nothing that somebody else changed", async () => {
    const path = "/api/smi/trafficsplits/bookstore/bookstore";
    const mine = ((await web.ask(path)).body as { object: KubeObject }).object;
    await api.store.update(SPLITS, {
      ...(await live()),
      metadata: { ...(await live()).metadata, labels: { theirs: "yes" } },
    });
    for (const answer of [
      await web.write("PUT", path, { object: mine }),
      await web.write("DELETE", `${path}?resourceVersion=${mine.metadata.resourceVersion}`),
    ]) {
      expect(answer.status, answer.text).toBe(409);
      expect(errorOf(answer).details?.live).toMatchObject({ metadata: { labels: { theirs: "yes" } } });
    }
    expect((await live()).metadata.labels).toEqual({ theirs: "yes" });
  });

  it("shows the API's refusal at the field it names", async () => {
    const object = (await live()) as KubeObject & { spec: { backends: object[] } };
    const broken = { ...object, spec: { ...object.spec, backends: [{ service: "bookstore-v1", weight: "much" }] } };
    const answer = await web.write("PUT", "/api/smi/trafficsplits/bookstore/bookstore", { object: broken });
    expect(answer.status, answer.text).toBe(422);
    expect(errorOf(answer).details?.fields?.map(({ field }) => field)).toContain("spec.backends[0].weight");
  });

  it("refuses what other sites send, on every route", async () => {
    const json = { "content-type": "application/json" };
    const paths = gets.filter(([name]) => !OF_WHAT_IS_MADE.has(name)).map(([name, route]) => PATHS[name] ?? route.path);
    for (const path of paths) {
      expect(await statusAs("evil.example", web.url + path), path).toBe(403);
      expect((await web.ask(path, { headers: { origin: "http://evil.example" } })).status, path).toBe(403);
    }
    for (const route of Object.values(ROUTES as Readonly<Record<string, Route>>).filter(
      ({ method }) => method !== "GET",
    )) {
      const path = route.path.replace("{plural}", "trafficsplits").replace("{namespace}", "a").replace("{name}", "b");
      const headers = { ...json, "x-meshdeck": "1" };
      const without = await web.ask(path, { method: route.method, headers: json });
      expect([without.status, errorOf(without).message], path).toEqual([403, expect.stringContaining("x-meshdeck")]);
      const foreign = { ...headers, origin: "http://evil.example" };
      expect((await web.ask(path, { method: route.method, headers: foreign })).status, path).toBe(403);
    }
  });

  it("says what is wrong with a request, and reads no endless body", async () => {
    const window = await web.ask("/api/splits?window=week");
    expect(errorOf(window)).toMatchObject({
      code: "invalid_request",
      message: 'The query parameter "window" is "week": it must be a duration such as 30s, 5m or 1h.',
    });
    const large = await web.write("POST", "/api/what-if", { put: "x".repeat(3 * 1024 * 1024) });
    expect([large.status, errorOf(large).message]).toEqual([400, "The body is larger than 2 MiB."]);
  });

  it("pushes a change within a second, each event as its contract says, and ends when nobody listens", async () => {
    expect(await viewers()).toBe(0);
    const stream = await openEvents(
      `${web.url}/api/stream?topology=30s&splits=30s&access=30s&security=30s&health=on&problems=on`,
    );
    onTestFinished(stream.close);
    await eventually(
      "every topic",
      5,
      async () =>
        ["topology", "splits", "access", "security", "health", "problems", "changed"].every((name) =>
          stream.events.some((event) => event.name === name),
        ) || null,
    );
    expect(await viewers()).toBe(1);
    const from = stream.events.length;
    const object = (await live()) as KubeObject & { spec: { backends: { service: string; weight: number }[] } };
    const backends = object.spec.backends.map((backend, index) => ({ ...backend, weight: index === 0 ? 90 : 10 }));
    const written = Date.now();
    await api.store.update(SPLITS, { ...object, spec: { ...object.spec, backends } });
    const pushed = await eventually("the change", 3, async () =>
      stream.events
        .slice(from)
        .find(({ name, data }) => name === "splits" && (data as Splits).items[0]?.backends[0]?.desiredShare === 0.9),
    );
    expect(pushed.at - written).toBeLessThan(1_000);
    expect(stream.events.slice(from).find(({ name }) => name === "changed")?.data).toEqual({
      resources: ["trafficsplits"],
    });
    for (const { name, data } of stream.events) STREAM_EVENTS[name as StreamEventName].parse(data);
    stream.close();
    await eventually("no viewer", 3, async () => ((await viewers()) === 0 ? true : null));
  });

  it("keeps no stream for HEAD", async () => {
    const head = await fetch(`${web.url}/api/stream?health=on`, { method: "HEAD" });
    expect(head.status).toBe(200);
    await eventually("no viewer", 2, async () => ((await viewers()) === 0 ? true : null));
  });
});
