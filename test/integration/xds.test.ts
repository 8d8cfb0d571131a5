import type { Server } from "node:http";
import type { Server as TcpServer } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MeshModel, MeshPod } from "@/lib/mesh/model";
import {
  type Control,
  call,
  raw,
  type Sidecar,
  startApp,
  startControl,
  startSidecar,
  startTcpApp,
  tunnel,
  until,
  upgrade,
  workloadCertificate,
} from "../support/xds-envoy";
import { grant, type MeshSpec, type PodSpec, routeOf, split, xdsModel } from "../support/xds-model";

const BUYER: PodSpec = { key: "shop/buyer-1", address: "127.61.1.1", loopback: "127.61.101.1" };
const THIEF: PodSpec = { key: "dark/thief-1", address: "127.61.1.2", loopback: "127.61.101.2" };
const store = (version: "v1" | "v2", n: number): PodSpec => ({
  key: `shop/store-${version}-1`,
  address: `127.61.1.${n}`,
  loopback: `127.61.101.${n}`,
  serves: [
    { service: "store", port: 14001 },
    { service: `store-${version}`, port: 14001 },
    { service: `ledger-${version}`, port: 14306, protocol: "tcp" },
  ],
});
const PODS = [BUYER, THIEF, store("v1", 3), store("v2", 4)];
const GRANTS = [
  grant(["shop/buyer"], "shop/store-v1", "* .*"),
  grant(["shop/buyer"], "shop/store-v2", "* .*"),
  grant(["shop/buyer"], "shop/store-v1", null, [14306]),
];

describe.skipIf(!process.env.MESHDECK_ENVOY)("xDS with real Envoys", () => {
  let control: Control;
  const sidecars: Sidecar[] = [];
  const apps: (Server | TcpServer)[] = [];
  let current: MeshModel;

  function apply(spec: Partial<MeshSpec>): MeshModel {
    current = xdsModel({ pods: PODS, grants: GRANTS, ...spec });
    control.server.update(current);
    return current;
  }

  function pod(key: string): MeshPod {
    const found = current.workloads[key];
    if (!found) throw new Error(`no pod ${key}`);
    return found;
  }

  beforeAll(async () => {
    control = await startControl();
    const model = apply({ splits: [split("shop/store", { "store-v1": 1, "store-v2": 1 })] });
    control.renew(model);
    for (const { key } of PODS) sidecars.push(await startSidecar(control, pod(key)));
    for (const key of ["shop/store-v1-1", "shop/store-v2-1"]) {
      apps.push(await startApp(pod(key), 14001), await startTcpApp(pod(key), 14306));
    }
    await until(
      "all sidecars in sync",
      () => control.server.proxies(),
      (list) => list.length === 4 && list.every(({ types }) => types.length >= 3 && types.every((t) => t.synced)),
    ).catch((error) => {
      throw new Error(
        `${error.message}\n${control.nacks.map((n) => JSON.stringify(n)).join("\n")}\n${sidecars.map((s) => s.output()).join("\n")}`,
      );
    });
    await until(
      "first answer",
      () => call(pod("shop/buyer-1"), "http://store:14001/"),
      ({ status }) => status === 200,
    );
  });

  afterAll(async () => {
    for (const sidecar of sidecars) await sidecar.stop();
    for (const app of apps) app.close();
    await control?.server.close();
  });

  it("nobody refuses the configuration", () => {
    expect(control.nacks).toEqual([]);
  });

  it("carries a call over mutual TLS and tells the application who calls, by every spelling of the host", async () => {
    for (const host of ["store", "store.shop", "store.shop.svc", "store.shop.svc.cluster.local"]) {
      for (const port of ["", ":14001"]) {
        const answer = await call(pod("shop/buyer-1"), `http://${host}${port}/books`);
        expect([host, port, answer.status]).toEqual([host, port, 200]);
        expect(answer.headers["x-caller"]).toContain("spiffe://cluster.local/buyer/shop");
      }
    }
  });

  it("splits 90 to 10", async () => {
    apply({ splits: [split("shop/store", { "store-v1": 900, "store-v2": 100 })] });
    await new Promise((resolve) => setTimeout(resolve, 200));
    let second = 0;
    for (let i = 0; i < 1000; i += 1) {
      if ((await call(pod("shop/buyer-1"), "http://store:14001/")).body === "store-v2-1") second += 1;
    }
    expect(second).toBeGreaterThan(60);
    expect(second).toBeLessThan(145);
  });

  it("applies a split change to the next requests within milliseconds", async () => {
    const took: number[] = [];
    for (let i = 0; i < 60; i += 1) {
      const wanted = i % 2 === 0 ? "store-v2-1" : "store-v1-1";
      const weights = i % 2 === 0 ? { "store-v1": 0, "store-v2": 1 } : { "store-v1": 1, "store-v2": 0 };
      const started = performance.now();
      apply({ splits: [split("shop/store", weights)] });
      while ((await call(pod("shop/buyer-1"), "http://store:14001/")).body !== wanted) {
        if (performance.now() - started > 5000) throw new Error("the new weights never came");
      }
      took.push(performance.now() - started);
    }
    took.sort((a, b) => a - b);
    const at = (q: number) => (took[Math.floor(took.length * q)] ?? 0).toFixed(1);
    process.stderr.write(`xds: split change to first request p50 ${at(0.5)} ms, p99 ${at(0.99)} ms\n`);
    expect(took[30]).toBeLessThan(250);
  });

  it("answers 503 with the reason when all weights are 0, and for the share of a missing backend", async () => {
    apply({ splits: [split("shop/store", { "store-v1": 0, "store-v2": 0 })] });
    const zero = await until(
      "zero",
      () => call(pod("shop/buyer-1"), "http://store:14001/"),
      (a) => a.status === 503,
    );
    expect(zero.body).toContain("TrafficSplit shop/store-split");
    apply({ splits: [split("shop/store", { "store-v1": 1, gone: 1 }, ["gone"])] });
    const seen = new Set<number>();
    for (let i = 0; i < 100; i += 1) seen.add((await call(pod("shop/buyer-1"), "http://store:14001/")).status);
    expect([...seen].sort()).toEqual([200, 503]);
  });

  it("refuses in the caller's sidecar what no policy allows, and says an unknown host is unknown", async () => {
    apply({});
    for (const host of ["store.shop", "store.shop.svc.cluster.local:14001"]) {
      const denied = await call(pod("dark/thief-1"), `http://${host}/`);
      expect(denied.status).toBe(403);
      expect(denied.body).toContain(`no TrafficTarget lets dark/thief call ${host}`);
      expect(denied.headers["x-meshdeck-denied"]).toBe(host);
    }
    const unknown = await call(pod("dark/thief-1"), "http://nowhere.shop:14001/");
    expect(unknown.status).toBe(404);
    expect(unknown.body).toContain("nowhere.shop:14001");
  });

  it("allows by route, in the called sidecar", async () => {
    apply({ grants: [...GRANTS, grant(["dark/thief"], "shop/store-v1", "GET /books/.*")] });
    const url = "http://store-v1.shop:14001";
    await until(
      "allowed",
      () => call(pod("dark/thief-1"), `${url}/books/1?x=y`),
      ({ status }) => status === 200,
    );
    const denied = await call(pod("dark/thief-1"), `${url}/buy`);
    expect(denied.status).toBe(403);
    expect(denied.body).toContain(
      "no TrafficTarget lets spiffe://cluster.local/thief/dark call shop/store-v1 by GET /buy",
    );
    expect(denied.headers["x-meshdeck-denied"]).toBe("shop/store-v1");
    expect((await call(pod("dark/thief-1"), `${url}/books/1`, { method: "DELETE" })).status).toBe(403);
    expect((await call(pod("shop/buyer-1"), `${url}/buy`)).status).toBe(200);
  });

  it("tells the controller of the denied calls, once for each, with both sides named", async () => {
    const remote = await until(
      "the remote denial",
      () => control.calls.filter((c) => c.denied && c.side === "server"),
      (list) => list.some((c) => c.path === "/buy"),
    );
    expect(remote.find((c) => c.path === "/buy")).toMatchObject({
      sourceIdentity: "dark/thief",
      sourceWorkload: "dark/deployment/thief",
      destinationIdentity: "shop/store-v1",
      destinationService: "shop/store-v1",
      method: "GET",
      status: 403,
      details: "rbac_access_denied_matched_policy[none]",
    });
    const own = await until(
      "the caller's own denial",
      () => control.calls.find((c) => c.denied && c.side === "client"),
      (one) => one !== undefined,
    );
    expect(own).toMatchObject({
      pod: "dark/thief-1",
      sourceIdentity: "dark/thief",
      destinationService: "shop/store",
      status: 403,
    });
    expect(control.calls.filter((c) => c.denied && c.path === "/buy")).toHaveLength(1);
  });

  it("revokes on connections that are open", async () => {
    const url = "http://store-v1.shop:14001/books/1";
    expect((await call(pod("dark/thief-1"), url)).status).toBe(200);
    // Only the called side's rules: a caller that keeps its cluster gains nothing.
    apply({ grants: [...GRANTS, grant(["dark/thief"], "shop/store-v1", "GET /other")] });
    await until(
      "revoked",
      () => call(pod("dark/thief-1"), url),
      ({ status }) => status === 403,
    );
  });

  it("carries TCP by CONNECT where a TCP grant allows it, and refuses it elsewhere", async () => {
    apply({});
    const allowed = await until(
      "tunnel",
      () => tunnel(pod("shop/buyer-1"), "ledger-v1.shop:14306", "hello"),
      ({ text }) => text !== "",
    );
    expect(allowed).toEqual({ status: 200, text: "store-v1-1: hello" });
    expect((await tunnel(pod("dark/thief-1"), "ledger-v1.shop:14306", "hello")).status).toBe(403);
    // A grant of HTTP routes says nothing about a TCP port.
    expect((await tunnel(pod("shop/buyer-1"), "ledger-v2.shop:14306", "hello")).status).toBe(403);
  });

  it("refuses a connection that goes round the caller's sidecar, and tells the controller", async () => {
    const { certificatePem: cert, keyPem: key } = workloadCertificate(control.authority, "dark/thief");
    const answer = await new Promise<string>((resolve) => {
      const socket = connectTls({
        host: pod("shop/store-v2-1").address,
        port: 14306,
        cert,
        key,
        rejectUnauthorized: false,
      });
      socket.on("secureConnect", () => socket.write("hello"));
      socket.on("data", (data) => resolve(data.toString()));
      socket.on("error", () => resolve("closed"));
      socket.on("close", () => resolve("closed"));
    });
    expect(answer).toBe("closed");
    const denied = await until(
      "the refused connection",
      () => control.calls.find((one) => one.protocol === "tcp" && one.denied),
      (one) => one !== undefined,
    );
    expect(denied).toMatchObject({
      side: "server",
      sourceIdentity: "dark/thief",
      destinationService: "shop/ledger-v2",
    });
  });

  it("splits only what a split's matches name, and sends the rest to the root", async () => {
    const betas = { ...split("shop/store", { "store-v2": 1 }), matches: [routeOf("GET /beta/.*")] };
    apply({ splits: [betas], grants: GRANTS.slice(0, 2) });
    const get = (path: string, method = "GET") =>
      call(pod("shop/buyer-1"), `http://store:14001${path}`, { method }).then(({ body }) => body);
    await until(
      "the match",
      async () => new Set(await Promise.all(Array.from({ length: 20 }, () => get("/beta/x?y=z")))),
      (bodies) => bodies.size === 1 && bodies.has("store-v2-1"),
    );
    const rest = new Set(await Promise.all(Array.from({ length: 60 }, () => get("/other"))));
    expect([...rest].sort()).toEqual(["store-v1-1", "store-v2-1"]);
    const posts = new Set(await Promise.all(Array.from({ length: 60 }, () => get("/beta/x", "POST"))));
    expect([...posts].sort()).toEqual(["store-v1-1", "store-v2-1"]);
  });

  it("carries a WebSocket handshake and what follows", async () => {
    apply({});
    const app = apps[0] as Server;
    app.once("upgrade", (_request, socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n");
      socket.on("data", (data) => socket.write(`echo ${data}`));
    });
    expect(await upgrade(pod("shop/buyer-1"), "store-v1:14001", "ping")).toBe("echo ping");
  });

  it("refuses plain connections and those without a certificate", async () => {
    const { address } = pod("shop/store-v1-1");
    const plain = await raw(address, 14001, "GET / HTTP/1.1\r\nHost: store\r\n\r\n");
    expect(plain).not.toContain("HTTP/1.1");
    const bare = await new Promise<string>((resolve) => {
      const socket = connectTls({ host: address, port: 14001, rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] });
      socket.on("secureConnect", () => socket.write("GET / HTTP/1.1\r\nHost: store\r\n\r\n"));
      socket.on("data", (data) => resolve(data.toString()));
      socket.on("error", (error) => resolve(error.message));
      socket.on("close", () => resolve("closed"));
    });
    expect(bare).not.toContain("HTTP/1.1");
  });

  it("keeps the last good configuration when a proxy refuses one, and says so until it is mended", async () => {
    apply({ grants: [...GRANTS, grant(["dark/thief"], "shop/store-v1", "GET (?!x)")] });
    const nack = await until(
      "the refusal",
      () => control.nacks.at(-1),
      (n) => n?.proxyId === "proxy-store-v1-1",
    );
    expect(nack).toMatchObject({ type: "RDS" });
    const count = control.nacks.length;
    expect((await call(pod("shop/buyer-1"), "http://store-v1:14001/")).status).toBe(200);
    const state = () => control.server.proxies().find(({ id }) => id === "proxy-store-v1-1")?.types;
    expect(state()?.find(({ type }) => type === "RDS")?.nack?.message).toContain("(?!");
    expect(control.nacks).toHaveLength(count);
    apply({});
    await until("mended", state, (types) => types?.every(({ synced }) => synced) ?? false);
  });

  it("renews certificates without losing a request", async () => {
    let failed = 0;
    let done = false;
    let requests = 0;
    const traffic = (async () => {
      while (!done) {
        const { status } = await call(pod("shop/buyer-1"), "http://store:14001/").catch(() => ({ status: 0 }));
        requests += 1;
        if (status !== 200) failed += 1;
      }
    })();
    for (let i = 0; i < 5; i += 1) {
      control.renew(current);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    done = true;
    await traffic;
    expect(requests).toBeGreaterThan(50);
    expect(failed).toBe(0);
  });

  it("loses nothing while the controller is away, and catches up when it is back", async () => {
    let failed = 0;
    let done = false;
    const traffic = (async () => {
      while (!done) {
        const { status } = await call(pod("shop/buyer-1"), "http://store-v2:14001/").catch(() => ({ status: 0 }));
        if (status !== 200) failed += 1;
      }
    })();
    await control.restart();
    await new Promise((resolve) => setTimeout(resolve, 300));
    apply({ splits: [split("shop/store", { "store-v2": 1 })] });
    control.renew(current);
    await until(
      "back",
      () => control.server.proxies(),
      (l) => l.length === 4 && l.every((p) => p.types.length >= 3),
    );
    for (let i = 0; i < 3; i += 1) {
      await until(
        "caught up",
        () => call(pod("shop/buyer-1"), "http://store:14001/"),
        (a) => a.body === "store-v2-1",
      );
    }
    done = true;
    await traffic;
    expect(failed).toBe(0);
  });

  it("serves statistics and readiness to scrapers, and nothing else", async () => {
    const { address } = pod("shop/buyer-1");
    const scrape = async () => (await fetch(`http://${address}:15010/stats/prometheus?usedonly`)).text();
    // Envoy adds to its histograms every five seconds.
    const text = await until("histograms", scrape, (seen) => seen.includes("envoy_cluster_upstream_rq_time_bucket"));
    expect(text).toMatch(/envoy_cluster_upstream_rq_xx\{.*envoy_cluster_name="shop\/store-v1\|14001"/);
    expect(text).toMatch(/envoy_cluster_upstream_rq_time_bucket\{.*envoy_cluster_name="shop\/store-v2\|14001"/);
    expect((await fetch(`http://${address}:15010/ready`)).status).toBe(200);
    expect((await fetch(`http://${address}:15010/config_dump`)).status).toBe(404);
    expect((await fetch(`http://${address}:15010/ready`, { method: "POST" })).status).toBe(404);
  });
});
