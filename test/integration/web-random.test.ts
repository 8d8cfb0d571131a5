/** Random requests to the dashboard, valid and not, made of its own description: documented answers and no fault. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Route } from "@/lib/contract/route";
import { ROUTES } from "@/lib/contract/routes";
import { type Answer, DASHBOARD_IS_BUILT, type Dashboard, startDashboard } from "../support/dashboard";
import { type DemoApi, startDemoApi } from "../support/demo-api";
import { expectDocumented } from "../support/documented";

/** No controller is configured here, and that is a documented answer. */
const OF_THE_CONTROLLER = new Set(["proxies", "proxyConfig"]);

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

describe.skipIf(!DASHBOARD_IS_BUILT)("the dashboard's description", () => {
  let web: Dashboard;
  beforeAll(async () => {
    web = await startDashboard({
      MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
      MESHDECK_METRICS_URL: api.metricsUrl,
      MESHDECK_METRICS_KIND: "embedded",
    });
  });
  afterAll(() => web?.stop());

  it("is what random requests are answered by, never with a fault", async () => {
    const described = (await web.ask("/api/openapi.json")).body as { paths: Record<string, Record<string, Operation>> };
    const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    );
    expect(operations).toHaveLength(Object.keys(ROUTES).length);
    const anyRequest = fc.constantFrom(...operations).chain(requestOf);
    await fc.assert(
      fc.asyncProperty(anyRequest, async ({ operationId, method, url, body }) => {
        const answer = await send(web, { method, url, body });
        const away = OF_THE_CONTROLLER.has(operationId) && answer?.status === 503;
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
