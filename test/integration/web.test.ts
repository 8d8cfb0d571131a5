/** The dashboard's server as it is built, against the embedded API and store: its contract, its refusals, its stream. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { ERROR_STATUS, type ErrorBody, ErrorBodySchema } from "@/lib/contract/errors";
import type { Health } from "@/lib/contract/health";
import { ROUTES, type Route } from "@/lib/contract/routes";
import type { Splits } from "@/lib/contract/splits";
import { STREAM_EVENTS, type StreamEventName } from "@/lib/contract/stream";
import type { Topology } from "@/lib/contract/topology";
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
import { eventually } from "../support/local-mode";

const SPLITS = { group: "split.smi-spec.io", version: "v1alpha2", plural: "trafficsplits" };
const AT = { namespace: "bookstore", name: "bookstore" };
const PATHS: Readonly<Record<string, string>> = {
  explain: "/api/access/explain?source=bookthief/bookthief&destination=bookstore/bookstore&method=GET&path=/",
  charts: "/api/charts?kind=split&split=bookstore/bookstore",
  smiList: "/api/smi/httproutegroups",
  smiGet: "/api/smi/trafficsplits/bookstore/bookstore",
};

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

/** Fails when the answer is neither what the route says nor a well-formed error. */
function expectDocumented(route: Route, answer: Answer): void {
  if (answer.status === (route.status ?? 200)) {
    if (route.answer instanceof z.ZodType) route.answer.parse(answer.body);
    return;
  }
  const { error } = ErrorBodySchema.parse(answer.body);
  expect(ERROR_STATUS[error.code]).toBe(answer.status);
  expect(error.message).toMatch(/\S/);
  expect(answer.text).not.toMatch(/\n\s+at |node_modules/);
}

const errorOf = (answer: Answer) => (answer.body as ErrorBody).error;

describe.skipIf(!DASHBOARD_IS_BUILT)("the dashboard's server", () => {
  let web: Dashboard;
  beforeAll(async () => {
    web = await startDashboard({
      MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
      MESHDECK_METRICS_URL: api.metricsUrl,
      MESHDECK_METRICS_KIND: "embedded",
    });
  });
  afterAll(() => web?.stop());

  const live = async () => api.store.get(SPLITS, AT);
  const viewers = async () =>
    Number(/^meshdeck_dashboard_stream_viewers (\d+)$/m.exec((await web.ask("/metrics")).text)?.[1]);

  it.each(gets.filter(([name]) => name !== "stream" && name !== "proxies"))(
    "answers %s as its contract says",
    async (name, route) => {
      const answer = await web.ask(PATHS[name] ?? route.path);
      expect(answer.status, answer.text).toBe(200);
      expectDocumented(route, answer);
      if (route.answer instanceof z.ZodType) expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    },
  );

  it("says that no controller is configured, and shows the rest", async () => {
    const proxies = await web.ask("/api/proxies");
    expect(proxies.status).toBe(503);
    expect(errorOf(proxies)).toMatchObject({
      code: "upstream_unavailable",
      hint: expect.stringContaining("MESHDECK_CONTROLLER_URL"),
    });
    const health = (await web.ask("/api/health")).body as Health;
    expect(health.status).toBe("degraded");
    expect(health.parts.map(({ name, state }) => [name, state])).toEqual([
      ["dashboard", "ok"],
      ["kubernetes", "ok"],
      ["metrics", "ok"],
      ["controller", "down"],
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
    const paths = gets.map(([name, route]) => PATHS[name] ?? route.path);
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

  it("answers random requests made of its own description as documented, and never with a fault", async () => {
    const described = (await web.ask("/api/openapi.json")).body as { paths: Record<string, Record<string, Operation>> };
    const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    );
    expect(operations).toHaveLength(Object.keys(ROUTES).length);
    const anyRequest = fc.constantFrom(...operations).chain(requestOf);
    await fc.assert(
      fc.asyncProperty(anyRequest, async ({ operationId, method, url, body }) => {
        const answer = await send(web, { method, url, body });
        const away = operationId === "proxies" && answer?.status === 503;
        if (answer && answer.status >= 500 && !away) throw new Error(`${answer.status}: ${answer.text}`);
        if (answer) expectDocumented(routeNamed(operationId), answer);
      }),
      { numRuns: 400 },
    );
    expect(web.said()).not.toContain("unexpected error");
  });
});

/** null for a stream: it was left as soon as it began. */
async function send(
  web: Dashboard,
  asked: { method: string; url: string; body: string | undefined },
): Promise<Answer | null> {
  const { method, url, body } = asked;
  const gone = new AbortController();
  const headers = method === "GET" ? {} : { "content-type": "application/json", "x-meshdeck": "1" };
  const response = await fetch(web.url + url, {
    method,
    headers,
    signal: gone.signal,
    ...(body === undefined ? {} : { body }),
  });
  if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
    gone.abort();
    return null;
  }
  const text = await response.text();
  const json = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : null };
}

function routeNamed(operationId: string): Route {
  const route = (ROUTES as Readonly<Record<string, Route>>)[operationId];
  if (!route) throw new Error(`no route ${operationId}`);
  return route;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: Schema }[];
  readonly requestBody?: object;
}
interface Schema {
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
}

const KNOWN = [
  "30s",
  "1m",
  "0s",
  "999999h",
  "bookstore/bookstore",
  "bookstore/service/bookstore",
  "bookbuyer/deployment/bookbuyer",
  "1",
  "-1",
  "1e400",
  "9007199254740991",
  "true",
  "on",
  "GET",
  "/",
  "..",
  "__proto__",
  "",
];

function textFor(schema: Schema): fc.Arbitrary<string> {
  const told = [schema, ...(schema.anyOf ?? [])].flatMap((one) => [...(one.enum ?? []), one.const, one.default]);
  const valid = told.filter((value) => value !== undefined).map(String);
  const random = fc.oneof(fc.constantFrom(...KNOWN), fc.string({ unit: "grapheme", maxLength: 40 }));
  return valid.length > 0 ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...valid) }, random) : random;
}

function requestOf({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in !== "header");
  const values = parameters.map(({ name, in: place, required, schema }) => {
    const value = textFor(schema).map((text) => ({ name, place, text }));
    return place === "path" || required ? value : fc.option(value, { nil: null });
  });
  const stray = fc.option(
    fc.string().map((name) => ({ name, place: "query", text: "1" })),
    { nil: null, freq: 8 },
  );
  return fc
    .record({ values: fc.tuple(...values, stray), body: operation.requestBody ? bodyText : fc.constant(undefined) })
    .map((given) => {
      const query = new URLSearchParams();
      let filled = path;
      for (const value of given.values) {
        if (value === null) continue;
        // An empty or dotted part would be another path.
        const part = /^\.{0,2}$/.test(value.text) ? "none" : value.text;
        if (value.place === "path") filled = filled.replace(`{${value.name}}`, () => encodeURIComponent(part));
        else query.append(value.name, value.text);
      }
      const text = query.toString();
      return { operationId: operation.operationId, method, url: text ? `${filled}?${text}` : filled, body: given.body };
    });
}

const someObject = fc.record(
  {
    apiVersion: fc.constantFrom(
      "split.smi-spec.io/v1alpha2",
      "access.smi-spec.io/v1alpha3",
      "specs.smi-spec.io/v1alpha4",
      "v1",
      "",
    ),
    kind: fc.constantFrom("TrafficSplit", "TrafficTarget", "HTTPRouteGroup", "TCPRoute", "Pod"),
    metadata: fc.record(
      {
        name: fc.string({ maxLength: 20 }),
        namespace: fc.constantFrom("bookstore", "none", "..", "A B"),
        resourceVersion: fc.constantFrom("1", "x"),
      },
      { requiredKeys: ["name"] },
    ),
    spec: fc.oneof(
      fc.object({ maxDepth: 3 }),
      fc.record({
        service: fc.string(),
        backends: fc.array(fc.record({ service: fc.string(), weight: fc.anything({ maxDepth: 0 }) })),
      }),
    ),
  },
  { requiredKeys: [] },
);
const bodyText = fc.oneof(
  fc.record({ object: someObject, dryRun: fc.constant(true) }).map((body) => JSON.stringify(body)),
  fc
    .record({ put: fc.array(someObject, { maxLength: 3 }), remove: fc.array(fc.object(), { maxLength: 1 }) })
    .map((body) => JSON.stringify(body)),
  fc.json(),
  fc.string(),
);

describe.skipIf(!DASHBOARD_IS_BUILT)("the dashboard's server when all else is away", () => {
  let web: Dashboard;
  beforeAll(async () => {
    web = await startDashboard({
      MESHDECK_KUBECONFIG: join(folder, "later"),
      MESHDECK_METRICS_URL: "http://127.0.0.1:9",
      MESHDECK_CONTROLLER_URL: "https://127.0.0.1:9",
      MESHDECK_STATUS_FILE: join(folder, "status.json"),
    });
  });
  afterAll(() => web?.stop());

  it("answers every page's question and says what is missing", async () => {
    for (const [path, parts] of [
      ["/api/topology", ["kubernetes", "metrics"]],
      ["/api/splits", ["kubernetes", "metrics"]],
      ["/api/access", ["kubernetes", "metrics"]],
      ["/api/security", ["kubernetes", "metrics", "controller"]],
      ["/api/namespaces", ["kubernetes"]],
      ["/api/problems", ["kubernetes"]],
      ["/api/smi/trafficsplits", ["kubernetes"]],
    ] as const) {
      const answer = await web.ask(path);
      expect(answer.status, path).toBe(200);
      expect(
        (answer.body as Topology).partial.map(({ part }) => part),
        path,
      ).toEqual(parts);
    }
    expect((await web.ask("/api/smi/trafficsplits/a/b")).status).toBe(503);
  });

  it("tells its health within a second, and a status file that is half written", async () => {
    writeFileSync(join(folder, "status.json"), '{"parts":[{"name":');
    const started = Date.now();
    const health = await eventually("the file is read", 3, async () => {
      const told = (await web.ask("/api/health")).body as Health;
      return told.parts.some(({ name }) => name === "supervisor") ? told : null;
    });
    expect(Date.now() - started).toBeLessThan(1_500);
    expect(health.status).toBe("down");
    expect(health.parts.filter(({ state }) => state === "down").map(({ name }) => name)).toEqual([
      "kubernetes",
      "metrics",
      "controller",
    ]);
  });

  it("finds Kubernetes when it comes", async () => {
    writeFileSync(join(folder, "later"), api.kubeconfig);
    const found = await eventually("the mesh", 8, async () => {
      const topology = (await web.ask("/api/topology")).body as Topology;
      return topology.partial.every(({ part }) => part !== "kubernetes") ? topology : null;
    });
    expect(found.nodes.map(({ id }) => id)).toContain("bookstore/service/bookstore");
    expect(found.partial.map(({ part }) => part)).toEqual(["metrics"]);
  });
});
