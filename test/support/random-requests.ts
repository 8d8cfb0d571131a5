/** Requests made of the dashboard's own description, valid and not. */
import fc from "fast-check";
import type { Route } from "@/lib/contract/route";
import { ROUTES } from "@/lib/contract/routes";
import { expectDocumented } from "./documented";

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** null when it is no JSON. */
  readonly body: unknown;
}

/**
 * Sends `runs` random requests to the dashboard at `url`: each answer is documented and no fault. `mayBeAway`: operations
 * that may say 503, because what they lean on is not there.
 */
export async function askAtRandom(
  url: string,
  { runs, mayBeAway = new Set<string>() }: { readonly runs: number; readonly mayBeAway?: ReadonlySet<string> },
): Promise<void> {
  const described = (await (await fetch(`${url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  if (operations.length !== Object.keys(ROUTES).length) throw new Error("the description leaves routes out");
  const anyRequest = fc.constantFrom(...operations).chain(requestOf);
  await fc.assert(
    fc.asyncProperty(anyRequest, async ({ operationId, method, url: path, body }) => {
      const answer = await send(url + path, { method, body });
      if (answer === null) return;
      const away = mayBeAway.has(operationId) && answer.status === 503;
      if (answer.status >= 500 && !away) throw new Error(`${answer.status}: ${answer.text}`);
      expectDocumented(routeNamed(operationId), answer);
    }),
    { numRuns: runs },
  );
}

/** null for a stream: it was left as soon as it began. */
async function send(
  url: string,
  { method, body }: { readonly method: string; readonly body: string | undefined },
): Promise<Asked | null> {
  const gone = new AbortController();
  const headers = method === "GET" ? {} : { "content-type": "application/json", "x-meshdeck": "1" };
  const response = await fetch(url, {
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
