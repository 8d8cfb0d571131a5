import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { split } from "@/test/support/bookstore-mesh";
import { summarise, summariseNow } from "./change-summary";
import { surroundingsOf } from "./changes/surroundings";
import { EMPTY_OBJECTS } from "./input";

function object(kind: string, apiVersion: string, spec: unknown, metadata: object = {}): KubeObject {
  return { apiVersion, kind, metadata: { name: "bookstore", namespace: "bookstore", ...metadata }, spec };
}
const routes = (...matches: object[]) => object("HTTPRouteGroup", "specs.smi-spec.io/v1alpha4", { matches });
const BOOKS = { name: "books", pathRegex: "/books", methods: ["GET"] };
const BUY = { name: "buy", pathRegex: "/buy", methods: ["POST"] };
const target = (sources: readonly string[], matches?: readonly string[]) =>
  object("TrafficTarget", "access.smi-spec.io/v1alpha3", {
    destination: { kind: "ServiceAccount", name: "bookstore", namespace: "bookstore" },
    sources: sources.map((name) => ({ kind: "ServiceAccount", name, namespace: name })),
    rules: [{ kind: "HTTPRouteGroup", name: "bookstore", ...(matches ? { matches } : {}) }],
  });
const namespace = (labels: object, annotations: object = {}) => ({
  ...object("Namespace", "v1", undefined),
  metadata: { name: "bookstore", labels, annotations } as KubeObject["metadata"],
});
const IN_MESH = { "openservicemesh.io/monitored-by": "osm" };
const INJECTED = { "openservicemesh.io/sidecar-injection": "enabled" };
const around = surroundingsOf(
  { ...EMPTY_OBJECTS, namespaces: [namespace(IN_MESH)] as never, httpRouteGroups: [routes(BOOKS, BUY)] },
  "osm",
);
const change = (before: KubeObject | null, after: KubeObject | null) => {
  const said = summarise({ before, after }, around);
  return said && `${said.verb}: ${said.summary}`;
};
const deployment = (template: object, more: object = {}) =>
  object("Deployment", "apps/v1", { replicas: 1, template, ...more });
const pods = (container: object, annotations: object = {}) => ({
  metadata: { annotations },
  spec: { containers: [{ name: "app", image: "bookstore:1", ...container }] },
});
const service = (selector: object, port: number) => object("Service", "v1", { selector, ports: [{ port }] });
const config = (spec: object) => object("MeshConfig", "config.openservicemesh.io/v1alpha2", spec);

describe("a TrafficSplit", () => {
  const before = split({ "bookstore-v1": 90, "bookstore-v2": 10 });
  it("is created, shifted, given and taken backends, and deleted", () => {
    expect(change(null, before)).toBe("created: splits bookstore: bookstore-v1 90, bookstore-v2 10");
    expect(change(before, split({ "bookstore-v1": 50, "bookstore-v2": 50 }))).toBe(
      "changed: weights bookstore-v1 90 → 50, bookstore-v2 10 → 50",
    );
    expect(change(before, split({ "bookstore-v1": 90, "bookstore-v3": 10 }))).toBe(
      "changed: adds backend bookstore-v3 at 10; removes backend bookstore-v2",
    );
    expect(change(before, null)).toBe("deleted: no longer splits bookstore: bookstore-v1 90, bookstore-v2 10");
  });
  it("is the same when only notes in its metadata differ", () => {
    const noted = { ...before, metadata: { ...before.metadata, resourceVersion: "9", annotations: { a: "b" } } };
    expect(change(before, noted)).toBeNull();
  });
  it("that can no longer be read says which field", () => {
    const broken = { ...before, spec: { service: "bookstore", backends: "none" } };
    expect(change(before, broken)).toMatch(/^changed: cannot be read: spec\.backends /);
    expect(change(broken, before)).toMatch(/^changed: can be read again: splits bookstore/);
  });
});

describe("access", () => {
  it("names who may do what, by the routes as they are", () => {
    expect(change(null, target(["bookbuyer"], ["books"]))).toBe("created: grants bookbuyer GET /books on bookstore");
    expect(change(target(["bookbuyer"], ["books"]), target(["bookbuyer", "bookthief"]))).toBe(
      "changed: adds source bookthief; adds POST /buy",
    );
    expect(change(target(["bookbuyer"]), null)).toBe(
      "deleted: no longer grants bookbuyer GET /books, POST /buy on bookstore",
    );
  });
  it("of a route group names matches gained, lost and changed", () => {
    expect(change(routes(BOOKS, BUY), routes({ ...BOOKS, methods: ["GET", "HEAD"] }))).toBe(
      "changed: books GET /books → GET|HEAD /books; removes match buy (POST /buy)",
    );
    const tcp = (ports: number[]) => object("TCPRoute", "specs.smi-spec.io/v1alpha4", { matches: { ports } });
    expect(change(tcp([80]), tcp([80, 81]))).toBe("changed: TCP port 80 → TCP ports 80, 81");
  });
});

describe("what runs", () => {
  it("says image, environment by name only, restart and scale", () => {
    expect(change(null, deployment(pods({})))).toBe("created: runs bookstore:1 in 1 replica");
    expect(change(deployment(pods({})), deployment(pods({ image: "bookstore:2" }), { replicas: 3 }))).toBe(
      "changed: image of app bookstore:1 → bookstore:2; scales 1 → 3",
    );
    const env = { env: [{ name: "TOKEN", value: "secret" }] };
    expect(change(deployment(pods({})), deployment(pods(env)))).toBe("changed: environment TOKEN of app");
    const restarted = { "kubectl.kubernetes.io/restartedAt": "2026-01-01T00:00:00Z" };
    expect(change(deployment(pods({})), deployment(pods({}, restarted)))).toBe("changed: restarts its pods");
    expect(change(deployment(pods({})), deployment(pods({ ports: [] })))).toBe("changed: changes its pods' template");
  });
  it("does not count status, nor keys in another order", () => {
    const a = deployment({ spec: { containers: [], x: 1 } });
    const b = { ...deployment({ spec: { x: 1, containers: [] } }), status: { readyReplicas: 1 } };
    expect(change(a, b)).toBeNull();
  });
  it("of a Service says selector and ports", () => {
    expect(change(null, service({ app: "bookstore" }, 80))).toBe("created: answers on port 80 for app=bookstore");
    expect(change(service({ app: "a" }, 80), service({ app: "b" }, 81))).toBe(
      "changed: selector app=a → app=b; adds port 81; removes port 80",
    );
  });
  it("outside the mesh is none of its business", () => {
    const elsewhere = { ...service({}, 80), metadata: { name: "x", namespace: "kube-system" } };
    expect(change(null, elsewhere)).toBeNull();
    expect(summariseNow(elsewhere, around)).toBeNull();
  });
});

describe("settings and namespaces", () => {
  it("names settings as operators know them, and others by path", () => {
    const before = config({ traffic: { enablePermissiveTrafficPolicyMode: false }, sidecar: { logLevel: "error" } });
    const after = config({ traffic: { enablePermissiveTrafficPolicyMode: true }, observability: { x: 1 } });
    expect(change(before, after)).toBe(
      "changed: permissive policy off → on, sidecar log level error → none, observability.x none → 1",
    );
    expect(change(null, before)).toBe("created: sets permissive policy off, sidecar log level error");
  });
  it("says which namespace joins and leaves", () => {
    expect(change(null, namespace({}))).toBeNull();
    expect(change(namespace({}), namespace(IN_MESH, INJECTED))).toBe("changed: joins the mesh with sidecar injection");
    expect(change(namespace(IN_MESH), namespace(IN_MESH, INJECTED))).toBe("changed: turns sidecar injection on");
    expect(change(namespace(IN_MESH), null)).toBe("deleted: leaves the mesh");
  });
  it("says what is now when it does not know what was", () => {
    expect(summariseNow(split({ "bookstore-v1": 1 }), around)).toMatchObject({
      verb: "changed",
      summary: "now splits bookstore: bookstore-v1 1",
    });
  });
});
