/**
 * The dashboard used by several people, in this process: what an admin, a user of one namespace and nobody get of every
 * route, by the embedded Kubernetes API's own word about their rights.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ErrorBody } from "@/lib/contract/error-body";
import type { Rights } from "@/lib/contract/rights";
import type { Route } from "@/lib/contract/route";
import { ROUTES } from "@/lib/contract/routes";
import type { Session } from "@/lib/contract/session";
import type { Topology } from "@/lib/contract/topology";
import { DEPLOYMENTS, PODS } from "@/server/kube/resource";
import { markOfThisMachine } from "@/server/web/arrival";
import { guardSettings } from "@/server/web/guard-settings";
import { readAttempt } from "@/server/web/login/last-attempt";
import { loginSecret } from "@/server/web/login/secret";
import { meshedPod } from "../fixtures/meshed-pod";
import { ALL_ROUTES, ask, respond } from "../support/app-routes";
import type { Answer } from "../support/dashboard";
import { type DemoApi, startDemoApi } from "../support/demo-api";
import { expectDocumented } from "../support/documented";
import { type FakeController, proxyIdOf, startFakeController } from "../support/fake-controller";
import { type LimitedUser, limitedUser } from "../support/limited-user";

/** Ada reads all of bookbuyer, which calls bookstore. Of the others she knows the names she calls, at most. */
const OWN = "bookbuyer";
const HIDDEN = /bookwarehouse|stockdb|bookthief|bookstore-v1-1|policy-of/;
const IDENTITIES = [
  "bookbuyer/bookbuyer",
  "bookstore/bookstore-v1",
  "bookwarehouse/bookwarehouse",
  "bookthief/bookthief",
];
const CALLS = [
  ["bookbuyer/bookbuyer", "bookstore/bookstore-v1"],
  ["bookstore/bookstore-v1", "bookwarehouse/bookwarehouse"],
  ["bookthief/bookthief", "bookstore/bookstore-v1"],
] as const;

let folder: string;
let api: DemoApi;
let controller: FakeController;
let ada: LimitedUser;
const admin = { authorization: "Bearer t" };
const asAda = () => ({ authorization: `Bearer ${ada.token}` });
const errorOf = (body: unknown) => (body as ErrorBody).error;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "meshdeck-login-"));
  [api, controller] = await Promise.all([startDemoApi(), startFakeController(IDENTITIES, CALLS)]);
  for (const identity of IDENTITIES) {
    const [namespace = "", name = ""] = identity.split("/");
    const { metadata } = await api.store.get(DEPLOYMENTS, { namespace, name });
    await api.store.create(PODS, meshedPod({ namespace, name, owner: metadata.uid ?? "" }));
  }
  scrapes(api);
  ada = await limitedUser(
    api.kubeconfig,
    { namespace: OWN, name: "ada" },
    { reads: { namespace: OWN, verbs: ["get", "list", "watch"], resources: ["*"] } },
  );
  writeFileSync(join(folder, "kubeconfig"), api.kubeconfig);
  writeFileSync(join(folder, "key"), randomBytes(48).toString("base64"));
  Object.assign(process.env, {
    MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
    MESHDECK_METRICS_URL: api.metricsUrl,
    MESHDECK_METRICS_KIND: "embedded",
    MESHDECK_CONTROLLER_URL: controller.url,
    MESHDECK_EMBED_KEY_FILE: join(folder, "key"),
    MESHDECK_LOGIN: "token",
    MESHDECK_SESSION_KEY_FILE: join(folder, "key"),
  });
});
afterAll(async () => {
  await Promise.all([api?.stop(), controller?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** What each route that is filtered is asked, so that it has something to hide. */
const ASKED: Readonly<Record<string, string>> = {
  explain: "/api/access/explain?source=bookbuyer/bookbuyer&destination=bookbuyer/bookbuyer",
  charts: "/api/charts?kind=service&service=bookbuyer/bookbuyer",
  smiGet: "/api/smi/traffictargets/bookbuyer/none",
  rights: "/api/rights?ns=bookbuyer",
  service: "/api/services/bookbuyer/bookbuyer",
  workload: "/api/workloads/bookbuyer/deployment/bookbuyer",
  events: "/api/events?node=bookbuyer/deployment/bookbuyer",
  rollouts: "/api/namespaces/bookbuyer/rollouts",
  podLogs: "/api/pods/bookbuyer/bookbuyer-1/logs?container=bookbuyer",
  proxyConfig: `/api/proxies/${proxyIdOf("bookbuyer/bookbuyer")}/config`,
  envoyConfig: `/api/proxies/${proxyIdOf("bookbuyer/bookbuyer")}/envoy`,
  stream: "/api/stream?topology=30s&overview=30s&splits=60s&access=60s&security=60s&health=on&problems=on",
};
const SMI = ["trafficsplits", "traffictargets", "httproutegroups", "tcproutes"];
const pathsOf = (name: string, route: Route): readonly string[] =>
  name === "smiList" ? SMI.map((plural) => `/api/smi/${plural}`) : [ASKED[name] ?? route.path];
const filtered = ALL_ROUTES.filter(([, { method, limited }]) => method === "GET" && limited === "filtered");

describe("a route", () => {
  it.each(ALL_ROUTES.filter(([, { limited }]) => limited !== "public"))("%s takes a session", async (name, route) => {
    const [path = ""] = pathsOf(name, route);
    const answer = await ask(path, { method: route.method, body: route.body ? {} : undefined });
    expect([answer.status, errorOf(answer.body).code]).toEqual([401, "unauthenticated"]);
    expectDocumented(route, answer);
  });

  it.each(filtered)("%s tells a reader of one namespace nothing of the others", async (name, route) => {
    for (const path of pathsOf(name, route)) {
      const text =
        route.answer instanceof Object && "mediaType" in route.answer
          ? await streamed(path)
          : (await ask(path, { headers: asAda() })).text;
      expect(text.match(HIDDEN)?.[0], `${path}: ${text.slice(0, 2_000)}`).toBeUndefined();
    }
  });
});

describe("an admin and a user of one namespace", () => {
  it("see what their rights allow, at the same time", async () => {
    const [all, own] = await Promise.all([
      ask("/api/topology", { headers: admin }),
      ask("/api/topology", { headers: asAda() }),
    ]);
    expect(all.text).toMatch(/bookwarehouse/);
    const { nodes, edges, partial } = own.body as Topology;
    expect(nodes.filter(({ namespace }) => namespace === OWN).map(({ kind }) => kind)).toEqual([
      "deployment",
      "service",
    ]);
    // The peer is there by its name, with the calls that are hers and nothing that is its own.
    expect(nodes.filter(({ namespace }) => namespace !== OWN)).toEqual([
      expect.objectContaining({ id: "bookstore/service/bookstore-v1", related: [], identities: [], problems: 0 }),
      expect.objectContaining({ id: "bookstore/service/bookstore-v2", related: [], identities: [], problems: 0 }),
    ]);
    expect(edges.map(({ source, allowed }) => [source, allowed])).toEqual([
      ["bookbuyer/deployment/bookbuyer", true],
      ["bookbuyer/deployment/bookbuyer", true],
    ]);
    expect(partial).toEqual([
      expect.objectContaining({ reason: "forbidden", message: expect.stringContaining("in bookbuyer only") }),
    ]);
  });

  it("tell the hidden from what is hidden: an admin is told of it on the same routes", async () => {
    const silent: string[] = [];
    for (const [name, route] of filtered) {
      if (name in ASKED || "mediaType" in route.answer) continue;
      const texts = await Promise.all(
        pathsOf(name, route).map(async (path) => (await ask(path, { headers: admin })).text),
      );
      if (!texts.some((text) => HIDDEN.test(text))) silent.push(name);
    }
    expect(silent).toEqual(["splits", "problems"]);
  });

  it("share one refresh: an answer to one who sees all is the same bytes for the next", async () => {
    const other = await limitedUser(
      api.kubeconfig,
      { namespace: "default", name: "root" },
      { all: { verbs: ["*"], resources: ["*"] } },
    );
    const texts = async () => [
      (await ask("/api/access", { headers: admin })).text,
      (await ask("/api/access", { headers: { authorization: `Bearer ${other.token}` } })).text,
    ];
    // A refresh may come between two questions, and then says another moment; not between all of them.
    let [one, two] = await texts();
    for (let tries = 1; tries < 5 && one !== two; tries += 1) [one, two] = await texts();
    expect(two).toBe(one);
  });

  it("are told what they may not write, each by their own rights", async () => {
    const missing = async (ns: string, headers: Readonly<Record<string, string>>) =>
      ((await ask(`/api/rights?ns=${ns}`, { headers })).body as Rights).missing.map(
        ({ verb, kind }) => `${verb} ${kind}`,
      );
    expect(await missing(OWN, admin)).toEqual([]);
    expect(await missing(OWN, asAda())).toContain("update TrafficSplit");
    const grant = { namespace: OWN, verbs: ["update"], resources: ["trafficsplits.split.smi-spec.io"] };
    await ada.grant("splits", grant);
    expect(await missing(OWN, asAda())).not.toContain("update TrafficSplit");
    expect(await missing(OWN, asAda())).toContain("delete TrafficSplit");
    expect(await missing("bookstore", asAda())).toContain("update TrafficSplit");
    await ada.revoke("splits", grant);
  });

  it("are refused in words what their rights do not reach", async () => {
    const boards = await ask("/api/boards/data", {
      method: "POST",
      body: { range: "15m", panels: [] },
      headers: asAda(),
    });
    expect(boards.status).toBe(403);
    expect(errorOf(boards.body).message).toContain("This shows the whole mesh. You may list");
    expect(errorOf(boards.body).hint).toContain("ask for a ClusterRole".replace("ask", "To see all, ask"));
    const chart = await ask("/api/charts?kind=service&service=bookstore/bookstore-v1", { headers: asAda() });
    expect([chart.status, errorOf(chart.body).message]).toEqual([
      403,
      "You may read neither pods nor Services of namespace bookstore.",
    ]);
    const why = await ask("/api/access/explain?source=bookbuyer/bookbuyer&destination=bookstore/bookstore-v1", {
      headers: asAda(),
    });
    expect([why.status, errorOf(why.body).message]).toEqual([
      403,
      "The policy of namespace bookstore decides, which you may not read.",
    ]);
    const config = await ask(`/api/proxies/${proxyIdOf("bookthief/bookthief")}/config`, { headers: asAda() });
    expect(config.status).toBe(404);
    const log = await ask("/api/pods/bookthief/bookthief-1/logs?container=bookthief", { headers: asAda() });
    expect(log.status).toBe(403);
    const write = await ask("/api/smi/trafficsplits", { method: "POST", headers: asAda(), body: { object: SPLIT } });
    expect([write.status, errorOf(write.body).message]).toEqual([403, expect.stringContaining("bookbuyer:ada")]);
  });

  it("make links to what they see, and to nothing else", async () => {
    const link = (view: unknown) =>
      ask("/api/embeds", {
        method: "POST",
        headers: asAda(),
        body: { view, ttlHours: 1, origin: "https://wiki.example.com" },
      });
    const made = await link({ kind: "graph", namespaces: [OWN], window: "30s" });
    expect(made.status, made.text).toBe(201);
    const { token } = made.body as { token: string };
    expect((await ask(`/api/embeds/${token}/data`)).status).toBe(200);
    for (const view of [
      { kind: "graph", namespaces: [], window: "30s" },
      { kind: "graph", namespaces: [OWN, "bookthief"], window: "30s" },
      { kind: "service", service: "bookthief/bookthief" },
    ]) {
      expect((await link(view)).status).toBe(403);
    }
  });
});

describe("a session", () => {
  /** What the page that a form is sent on to says. */
  const saidBy = (answer: { readonly headers: Headers }) => {
    const { searchParams } = new URL(answer.headers.get("location") ?? "", "http://own");
    const last = readAttempt(searchParams.get("said"), loginSecret(guardSettings().login));
    return `${last?.message} ${last?.hint}`;
  };
  const signIn = (token: string, form = true, from: Readonly<Record<string, string>> = {}) =>
    respond("/api/session", {
      method: "POST",
      headers: form
        ? {
            "content-type": "application/x-www-form-urlencoded",
            "x-meshdeck": "",
            origin: "http://localhost:8080",
            ...markOfThisMachine(),
            "x-forwarded-for": `10.0.0.${Math.floor(Math.random() * 250)}`,
            ...from,
          }
        : {},
      body: form ? new URLSearchParams({ token, to: "/graph?ns=a" }).toString() : { token },
    });
  const cookieOf = (response: Response) => response.headers.get("set-cookie")?.split(";")[0] ?? "";

  it("begins with a token by the page's form, in a cookie no script reads, and ends when it is signed out of", async () => {
    const begun = await signIn(ada.token);
    expect([begun.status, begun.headers.get("location")]).toEqual([303, "/graph?ns=a"]);
    expect(begun.headers.get("set-cookie")).toMatch(
      /^meshdeck-session=[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Expires=/,
    );
    expect(begun.headers.get("set-cookie")).not.toContain(ada.token.slice(0, 20));
    const cookie = cookieOf(begun);
    const session = (await ask("/api/session", { headers: { cookie } })).body as Session;
    expect(session).toMatchObject({ login: "token", user: ada.username });
    // A ServiceAccount's token of an hour ends before a session does.
    expect(session.endsAt).toBeLessThanOrEqual(Date.now() + 3_600_000);
    expect((await ask("/api/namespaces", { headers: { cookie } })).status).toBe(200);

    const stream = await respond("/api/stream?topology=30s", { headers: { cookie } });
    const over = stream.text();
    const left = await respond("/api/session", { method: "DELETE", headers: { cookie } });
    expect(left.headers.getSetCookie().every((one) => one.includes("Max-Age=0"))).toBe(true);
    await over;
    const after = await ask("/api/namespaces", { headers: { cookie } });
    expect([after.status, errorOf(after.body).message]).toEqual([401, "Your session has ended."]);
    expect((await ask("/api/session", { headers: { cookie } })).body).toEqual({
      login: "token",
      user: null,
      endsAt: null,
    });
  });

  it("is refused in words, without the token", async () => {
    const wrong = await signIn("not.a.token");
    const to = new URL(wrong.headers.get("location") ?? "", "http://own");
    expect([wrong.status, to.pathname, to.searchParams.get("to")]).toEqual([303, "/login", "/graph?ns=a"]);
    expect(saidBy(wrong)).toContain("The Kubernetes API does not know this token.");
    expect(to.href).not.toContain("not.a.token");
    const ended = `a.${Buffer.from(JSON.stringify({ exp: 1_700_000_000 })).toString("base64url")}.b`;
    expect(saidBy(await signIn(ended))).toContain("The token ended on 2023-11-14");
    const program = await signIn("not.a.token", false);
    expect([program.status, errorOf(await program.json()).code]).toEqual([401, "unauthenticated"]);
    expect((await ask("/api/namespaces", { headers: { cookie: "meshdeck-session=nonsense" } })).status).toBe(401);
  });

  it("is begun by no other site", async () => {
    const asked = { method: "POST", body: new URLSearchParams({ token: ada.token }).toString() } as const;
    const form = { "content-type": "application/x-www-form-urlencoded", "x-meshdeck": "" };
    for (const from of [{ origin: "https://evil.example.com" }, { origin: "null" }, {}]) {
      const answer = await ask("/api/session", { ...asked, headers: { ...form, ...from } });
      expect(answer.status, JSON.stringify(from)).toBe(403);
      expect(answer.headers.has("set-cookie")).toBe(false);
    }
  });

  it("is tried a few times a minute from one address", async () => {
    // From a proxy on this machine, whose word counts.
    const from = { ...markOfThisMachine(), "x-forwarded-for": "192.0.2.7" };
    const answers = [];
    for (let tries = 0; tries < 12; tries += 1) {
      answers.push(await ask("/api/session", { method: "POST", headers: from, body: { token: "wrong" } }));
    }
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429, 429]);
    const [last] = answers.slice(-1);
    expectDocumented(ROUTES.signIn, last as Answer);
    const seconds = last?.headers.get("retry-after");
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(errorOf(last?.body)).toMatchObject({ code: "too_many_requests", hint: `Try again in ${seconds} s.` });
    const byForm = await signIn("wrong", true, from);
    expect(saidBy(byForm)).toMatch(/There were too many attempts to sign in\..*Try again in \d+ s\./);
  });
});

describe("health", () => {
  it("is told to probes without names of pods or namespaces", async () => {
    const { status, body } = await ask("/api/health");
    expect(status).toBe(200);
    expect((body as { parts: { name: string }[] }).parts.map(({ name }) => name)).toEqual([
      "dashboard",
      "kubernetes",
      "metrics",
      "controller",
    ]);
  });
});

const SPLIT = {
  apiVersion: "split.smi-spec.io/v1alpha4",
  kind: "TrafficSplit",
  metadata: { namespace: OWN, name: "trial" },
  spec: { service: "bookbuyer", backends: [{ service: "bookbuyer", weight: 1 }] },
};

/** All of an answer that ends by itself, or the first seconds of a stream. */
async function streamed(path: string): Promise<string> {
  const gone = new AbortController();
  const response = await respond(path, { headers: asAda(), signal: gone.signal });
  setTimeout(() => gone.abort(), 1_500);
  return response.text().catch(() => "");
}

/** Calls of all the demo's edges over the last minute. */
function scrapes({ metrics }: DemoApi): void {
  const end = Date.now();
  for (let at = end - 60_000; at <= end; at += 1_000) {
    for (const [source, service] of CALLS.slice(1)) {
      const [namespace = "", name = ""] = source.split("/");
      const labels = {
        source_namespace: namespace,
        source_workload_kind: "deployment",
        source_workload_name: name,
        source_pod_name: `${name}-1`,
      };
      const scrape = metrics.scrape({ id: source, labels }, at);
      scrape.add(
        `envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",envoy_cluster_name="${service}|14001"}`,
        at / 100,
      );
      scrape.add(
        `envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",envoy_cluster_name="${source}|14001|local"}`,
        at / 100,
      );
      scrape.commit();
    }
  }
}
