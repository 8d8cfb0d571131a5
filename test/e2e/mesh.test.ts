/** What the running mesh does and refuses, seen from outside: by kubectl, by plain connections and by the dashboard's API. */
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KubeObject, Pod } from "@/lib/kube/objects";
import { eventually, type LocalMode, startLocalMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL);
const BUYER = "bookbuyer/deployment/bookbuyer";

describe.skipIf(!available)("the running mesh", () => {
  let local: LocalMode;
  beforeAll(async () => {
    local = await startLocalMode();
    await eventually("traffic", 60, async () => {
      const { edges } = await local.topology();
      return edges.filter((edge) => edge.source === BUYER && edge.requestsPerSecond > 0).length >= 2 || null;
    });
  });
  afterAll(() => local?.stop("SIGTERM"));

  async function share(target: string): Promise<number | null> {
    const { edges } = await local.topology(10);
    const edge = edges.find((candidate) => candidate.source === BUYER && candidate.target === target);
    return edge?.splitShare ?? null;
  }

  async function pods(namespace: string, selector: string): Promise<Pod[]> {
    const list = JSON.parse(await local.kubectl("get", "pods", "-n", namespace, "-l", selector, "-o", "json"));
    return list.items as Pod[];
  }

  it("follows a split that kubectl patches to 90/10 within 30 s", async () => {
    await local.kubectl(
      ...["patch", "trafficsplit", "bookstore", "-n", "bookstore", "--type=json", "-p"],
      JSON.stringify([
        { op: "replace", path: "/spec/backends/0/weight", value: 90 },
        { op: "replace", path: "/spec/backends/1/weight", value: 10 },
      ]),
    );
    await eventually("90 % observed", 30, async () => {
      const observed = await share("bookstore/service/bookstore-v1");
      if (observed === null || Math.abs(observed - 0.9) > 0.05) throw new Error(`observed ${observed}`);
      return observed;
    });
  });

  it("shows what a sidecar was given, and never a private key", async () => {
    const { items } = await local.get<{ items: { id: string; identity: string }[] }>("/api/proxies");
    const buyer = items.find((proxy) => proxy.identity === "bookbuyer/bookbuyer");
    const config = JSON.stringify(await local.get(`/api/proxies/${buyer?.id}/config`));
    expect(config).toContain("rds-outbound");
    expect(config).toContain("service-cert:bookbuyer/bookbuyer");
    expect(config).toContain("bookstore/bookstore-v1|14001");
    expect(config).not.toContain("PRIVATE KEY");
  });

  it("refuses an unencrypted call to a meshed port", async () => {
    const [pod] = await pods("bookstore", "app=bookstore,version=v1");
    const address = pod?.status?.podIP;
    expect(address).toMatch(/^127\./);
    await expect(fetch(`http://${address}:14001/books-bought`)).rejects.toThrow();
  });

  it("fails the handshake of a TLS call without a client certificate", async () => {
    const [pod] = await pods("bookstore", "app=bookstore,version=v1");
    const outcome = await new Promise<string>((resolve) => {
      const socket = connectTls({
        host: pod?.status?.podIP ?? "",
        port: 14001,
        rejectUnauthorized: false,
        ALPNProtocols: ["http/1.1"],
      });
      // TLS 1.3 lets the client finish first: the refusal arrives on the first read.
      socket.on("secureConnect", () => socket.write("GET /books-bought HTTP/1.1\r\nHost: bookstore\r\n\r\n"));
      socket.on("data", (data) => resolve(`answered: ${data.toString()}`));
      socket.on("error", (error) => resolve(error.message));
      socket.on("close", () => resolve("closed"));
    });
    expect(outcome).toMatch(/certificate required|alert|closed|reset/i);
    expect(outcome).not.toMatch(/answered/);
  });

  it("answers a denied call with a 403 that names the missing policy", async () => {
    const [thief] = await pods("bookthief", "app=bookthief");
    const proxy = `http://${thief?.metadata.annotations?.["meshdeck.io/loopback"]}:15001`;
    const answer = await callThrough(proxy, "http://bookstore.bookstore:14001/books-bought");
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(/TrafficTarget/);
    expect(answer.body).toContain("bookthief/bookthief");
  });

  it("lets exactly the allowed route through and keeps the other at 403", async () => {
    const [thief] = await pods("bookthief", "app=bookthief");
    const proxy = `http://${thief?.metadata.annotations?.["meshdeck.io/loopback"]}:15001`;
    const target = (serviceAccount: string) => ({
      apiVersion: "access.smi-spec.io/v1alpha3",
      kind: "TrafficTarget",
      metadata: { name: `thief-${serviceAccount}`, namespace: "bookstore" },
      spec: {
        destination: { kind: "ServiceAccount", name: serviceAccount, namespace: "bookstore" },
        sources: [{ kind: "ServiceAccount", name: "bookthief", namespace: "bookthief" }],
        rules: [{ kind: "HTTPRouteGroup", name: "bookstore-service-routes", matches: ["books-bought"] }],
      },
    });
    await create(local, target("bookstore-v1"));
    await create(local, target("bookstore-v2"));
    await eventually("books-bought allowed", 10, async () => {
      const answer = await callThrough(proxy, "http://bookstore.bookstore:14001/books-bought");
      return answer.status === 200 || null;
    });
    const denied = await callThrough(proxy, "http://bookstore.bookstore:14001/buy-a-book/new");
    expect(denied.status).toBe(403);
    expect(denied.body).toMatch(/TrafficTarget/);
    await local.kubectl("delete", "traffictarget", "-n", "bookstore", "thief-bookstore-v1", "thief-bookstore-v2");
    await eventually("denied again", 10, async () => {
      const answer = await callThrough(proxy, "http://bookstore.bookstore:14001/books-bought");
      return answer.status === 403 || null;
    });
  });

  it("shows the problem of a broken object on its page and as an Event within 5 s, and leaves the others alone", async () => {
    const before = await local.topology(10);
    const broken: KubeObject[] = [
      {
        apiVersion: "split.smi-spec.io/v1alpha2",
        kind: "TrafficSplit",
        metadata: { name: "sum-zero", namespace: "bookwarehouse" },
        spec: { service: "bookwarehouse", backends: [{ service: "stockdb", weight: 0 }] },
      },
      {
        apiVersion: "split.smi-spec.io/v1alpha2",
        kind: "TrafficSplit",
        metadata: { name: "over-nothing", namespace: "bookbuyer" },
        spec: { service: "no-such-service", backends: [{ service: "no-such-backend", weight: 1 }] },
      },
      {
        apiVersion: "access.smi-spec.io/v1alpha3",
        kind: "TrafficTarget",
        metadata: { name: "no-route-group", namespace: "bookstore" },
        spec: {
          destination: { kind: "ServiceAccount", name: "bookstore-v1", namespace: "bookstore" },
          sources: [{ kind: "ServiceAccount", name: "bookthief", namespace: "bookthief" }],
          rules: [{ kind: "HTTPRouteGroup", name: "no-such-group", matches: ["x"] }],
        },
      },
      {
        apiVersion: "specs.smi-spec.io/v1alpha4",
        kind: "HTTPRouteGroup",
        metadata: { name: "bad-regex", namespace: "bookstore" },
        spec: { matches: [{ name: "x", pathRegex: "/(", methods: ["GET"] }] },
      },
    ];
    for (const object of broken) await create(local, object);
    for (const { kind, metadata } of broken) {
      await eventually(`problem and Event of ${metadata.name}`, 5, async () => {
        const { items } = await local.get<{ items: { object: { name: string } }[] }>("/api/problems");
        const events = await local.kubectl("get", "events", "-n", metadata.namespace ?? "", "-o", "json");
        const told = (JSON.parse(events).items as { involvedObject: { name: string; kind: string } }[]).some(
          (event) => event.involvedObject.name === metadata.name && event.involvedObject.kind === kind,
        );
        return (told && items.some((item) => item.object.name === metadata.name)) || null;
      });
    }
    const after = await eventually("traffic goes on", 10, async () => {
      const topology = await local.topology(10);
      const flowing = (edges: typeof topology.edges) =>
        edges.filter((edge) => edge.requestsPerSecond > 0 && !edge.denied).map((edge) => edge.id);
      const lost = flowing(before.edges).filter((id) => !flowing(topology.edges).includes(id));
      if (lost.length > 0) throw new Error(`lost ${lost.join(", ")}`);
      return topology;
    });
    expect(after.problems.length).toBeGreaterThan(before.problems.length);
    for (const { kind, metadata } of broken) {
      await local.kubectl("delete", kind, "-n", metadata.namespace ?? "", metadata.name);
    }
  });

  it("scales, deletes and logs as kubectl asks", async () => {
    await local.kubectl("scale", "deployment/bookstore-v2", "-n", "bookstore", "--replicas=2");
    await eventually("two ready pods", 30, async () => {
      const ready = (await pods("bookstore", "app=bookstore,version=v2")).filter((pod) =>
        pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True"),
      );
      return ready.length === 2 || null;
    });
    const [first] = await pods("bookstore", "app=bookstore,version=v2");
    await local.kubectl("delete", "pod", "-n", "bookstore", first?.metadata.name ?? "", "--wait=false");
    await eventually("another pod in its place", 30, async () => {
      const now = await pods("bookstore", "app=bookstore,version=v2");
      return (now.length === 2 && now.every((pod) => pod.metadata.name !== first?.metadata.name)) || null;
    });
    expect(await local.kubectl("logs", "-n", "bookbuyer", "deploy/bookbuyer", "-c", "bookbuyer")).not.toBe("");
    await local.kubectl("scale", "deployment/bookstore-v2", "-n", "bookstore", "--replicas=1");
  });
});

/** kubectl create of an object, by its own JSON. */
async function create(local: LocalMode, object: KubeObject): Promise<void> {
  const { writeFileSync } = await import("node:fs");
  const file = `${local.dataFolder}/create-${object.metadata.name}.json`;
  writeFileSync(file, JSON.stringify(object));
  await local.kubectl("create", "--validate=false", "-f", file);
}

/** One absolute-form request by way of a sidecar, as an application with HTTP_PROXY makes it. */
async function callThrough(proxy: string, url: string): Promise<{ status: number; body: string }> {
  const { request } = await import("node:http");
  const { hostname, port } = new URL(proxy);
  return new Promise((resolve, reject) => {
    const call = request(
      { host: hostname, port, path: url, headers: { host: new URL(url).host, "user-agent": "e2e-http-client/1.0" } },
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => {
          body += text;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    call.on("error", reject).end();
  });
}
