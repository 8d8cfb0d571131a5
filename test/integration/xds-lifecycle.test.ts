import type { Server } from "node:http";
import type { Server as TcpServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { MeshModel, MeshPod } from "@/lib/mesh/model";
import {
  type Control,
  call,
  type Sidecar,
  startApp,
  startControl,
  startSidecar,
  startTcpApp,
  tunnel,
  until,
} from "../support/xds-envoy";
import { grant, type MeshSpec, type PodSpec, split, xdsModel } from "../support/xds-model";

const BUYER: PodSpec = { key: "shop/buyer-1", address: "127.61.2.1", loopback: "127.61.102.1" };
const store = (name: string, n: number): PodSpec => ({
  key: `shop/${name}`,
  address: `127.61.2.${n}`,
  loopback: `127.61.102.${n}`,
  serves: [
    { service: "store", port: 14001 },
    { service: `store-${name.split("-")[1]}`, port: 14001 },
    { service: `ledger-${name.split("-")[1]}`, port: 14306, protocol: "tcp" },
  ],
});
const PODS = [BUYER, store("store-v1-1", 3), store("store-v1-2", 4), store("store-v2-1", 5)];

describe.skipIf(!process.env.MESHDECK_ENVOY)("what happens to a mesh over time, with real Envoys", () => {
  let control: Control;
  const sidecars = new Map<string, Sidecar>();
  const apps = new Map<string, Server | TcpServer>();
  let current: MeshModel;

  function apply(spec: Partial<MeshSpec>): MeshModel {
    current = xdsModel({ pods: PODS, ...spec });
    control.server.update(current);
    return current;
  }

  function pod(key: string): MeshPod {
    const found = current.workloads[key];
    if (!found) throw new Error(`no pod ${key}`);
    return found;
  }

  /** Calls without pause until `work` is done; returns how many were made and what else than 200 came. */
  async function during(url: string, work: () => Promise<unknown>): Promise<{ calls: number; bad: string[] }> {
    let done = false;
    let calls = 0;
    const bad: string[] = [];
    const loop = async () => {
      while (!done) {
        const answer = await call(pod("shop/buyer-1"), url).catch((error) => ({ status: 0, body: String(error) }));
        calls += 1;
        if (answer.status !== 200) bad.push(`${answer.status} ${answer.body}`);
      }
    };
    const loops = [loop(), loop(), loop()];
    await work();
    done = true;
    await Promise.all(loops);
    return { calls, bad };
  }

  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  beforeAll(async () => {
    control = await startControl();
    control.renew(apply({ grants: [grant(["shop/buyer"], "shop/store-v1", "* .*")] }));
    for (const { key } of PODS) sidecars.set(key, await startSidecar(control, pod(key)));
    for (const { key } of PODS.slice(1)) {
      apps.set(key, await startApp(pod(key), 14001));
      apps.set(`${key} tcp`, await startTcpApp(pod(key), 14306));
    }
    await until(
      "first answer",
      () => call(pod("shop/buyer-1"), "http://store-v1:14001/"),
      ({ status }) => status === 200,
    );
  });

  afterAll(async () => {
    for (const sidecar of sidecars.values()) await sidecar.stop();
    for (const app of apps.values()) app.close();
    await control?.server.close();
  });

  it("goes from refused to served without an error between, when a policy makes a service reachable", async () => {
    const before = [grant(["shop/buyer"], "shop/store-v1", "* .*")];
    for (let i = 0; i < 10; i += 1) {
      apply({ grants: before });
      const url = "http://store-v2:14001/";
      await until(
        "refused",
        () => call(pod("shop/buyer-1"), url),
        ({ status }) => status === 403,
      );
      apply({ grants: [...before, grant(["shop/buyer"], "shop/store-v2", "* .*")] });
      const seen: number[] = [];
      await until(
        "served",
        async () => {
          const { status } = await call(pod("shop/buyer-1"), url);
          seen.push(status);
          return status;
        },
        (status) => status === 200,
      );
      expect(seen.filter((status) => status !== 403 && status !== 200)).toEqual([]);
    }
  });

  it("names the policy that let a call in, in the statistics and in the calls told to the controller", async () => {
    const grants = [grant(["shop/buyer"], "shop/store-v1", "GET /known"), grant(["shop/buyer"], "shop/store-v1", null)];
    apply({ grants });
    await pause(50);
    for (let i = 0; i < 600; i += 1) await call(pod("shop/buyer-1"), "http://store-v1:14001/known");
    await until(
      "the calls are told",
      async () => {
        // Both ends have their grants at their own time.
        await tunnel(pod("shop/buyer-1"), "ledger-v1:14306", "hi");
        return control.calls.filter(({ destinationService }) => destinationService === "shop/ledger-v1");
      },
      (calls) => calls.some(({ protocol }) => protocol === "tcp"),
    );
    const sample = control.calls.filter((one) => one.side === "server" && one.path === "/known");
    const { address } = pod("shop/store-v1-1");
    const text = await (await fetch(`http://${address}:15010/stats/prometheus?usedonly`)).text();
    expect(text).toContain(`envoy_http_rbac_policy_allowed{envoy_rbac_policy_name="${grants[0]?.policy}"`);
    expect(control.calls).toContainEqual(
      expect.objectContaining({ protocol: "tcp", destinationService: "shop/ledger-v1", sourceIdentity: "shop/buyer" }),
    );
    expect(sample[0]?.policy).toBe(grants[0]?.policy);
  });

  it("loses no safe request when an application or a sidecar ends", async () => {
    apply({ grants: [grant(["shop/buyer"], "shop/store-v1", "* .*")] });
    await until(
      "served",
      () => call(pod("shop/buyer-1"), "http://store-v1:14001/"),
      (a) => a.status === 200,
    );
    const appEnds = await during("http://store-v1:14001/", async () => {
      await pause(200);
      const app = apps.get("shop/store-v1-2") as Server;
      app.closeAllConnections();
      app.close();
      await pause(800);
      apps.set("shop/store-v1-2", await startApp(pod("shop/store-v1-2"), 14001));
      await pause(200);
    });
    expect(appEnds.bad).toEqual([]);
    expect(appEnds.calls).toBeGreaterThan(100);
    const sidecarEnds = await during("http://store-v1:14001/", async () => {
      await pause(200);
      await sidecars.get("shop/store-v1-2")?.stop();
      await pause(800);
      sidecars.set("shop/store-v1-2", await startSidecar(control, pod("shop/store-v1-2")));
      await pause(800);
    });
    expect(sidecarEnds.bad).toEqual([]);
  });

  it("refuses a sidecar whose certificate is another identity's than its node id's", async () => {
    const forged = { ...pod("shop/store-v1-1"), loopback: "127.61.102.9" };
    const sidecar = await startSidecar(control, forged, "shop/buyer");
    onTestFinished(() => sidecar.stop());
    await until(
      "the refusal",
      () => sidecar.output().replaceAll("%20", " "),
      (text) => text.includes("Node id proxy-store-v1-1 is pod shop/store-v1-1 of shop/store-v1"),
    );
  });

  it("holds a sidecar that comes before its pod is known, and serves it from then on", async () => {
    const late: PodSpec = { key: "shop/late-1", address: "127.61.2.8", loopback: "127.61.102.8" };
    const pods = [...PODS, late];
    const grants = [grant(["shop/buyer", "shop/late"], "shop/store-v1", "* .*")];
    const model = xdsModel({ pods, grants });
    const latePod = model.workloads["shop/late-1"] as MeshPod;
    const sidecar = await startSidecar(control, latePod);
    onTestFinished(() => sidecar.stop());
    await until(
      "connected",
      () => control.server.proxies(),
      (list) => list.some(({ id }) => id === "proxy-late-1"),
    );
    apply({ pods, grants });
    control.renew(current);
    const answer = await until(
      "served",
      () => call(latePod, "http://store-v1:14001/"),
      (a) => a.status === 200,
    );
    expect(answer.headers["x-caller"]).toContain("late");
  });

  it("is taken by a sidecar whatever the size of the mesh it may not reach", async () => {
    const others = Array.from({ length: 1200 }, (_, n): PodSpec => {
      const name = `a-service-with-a-rather-long-name-${n}`;
      const address = `127.62.${n >> 8}.${n & 255}`;
      return { key: `big-${n % 7}/${name}-0`, address, loopback: address, serves: [{ service: name, port: 8080 }] };
    });
    const nacks = control.nacks.length;
    apply({ pods: [...PODS, ...others], grants: [grant(["shop/buyer"], "shop/store-v1", "* .*")] });
    const denied = () => call(pod("shop/buyer-1"), "http://a-service-with-a-rather-long-name-1199.big-2:8080/");
    await until("refused", denied, ({ status }) => status === 403);
    expect((await call(pod("shop/buyer-1"), "http://a-service-with-a-rather-long-name-1200.big-2/")).status).toBe(404);
    expect((await call(pod("shop/buyer-1"), "http://store-v1:14001/")).status).toBe(200);
    expect(control.nacks).toHaveLength(nacks);
  });

  it("serves the state-of-the-world protocol the same, for clients that know no other", async () => {
    const plain: PodSpec = { key: "shop/plain-1", address: "127.61.2.7", loopback: "127.61.102.7" };
    const pods = [...PODS, plain];
    const grants = [
      grant(["shop/plain"], "shop/store-v1", "GET /.*"),
      grant(["shop/plain"], "shop/store-v2", "GET /.*"),
    ];
    const plainPod = apply({ pods, grants, splits: [split("shop/store", { "store-v1": 1 })] }).workloads[
      "shop/plain-1"
    ];
    control.renew(current);
    const sidecar = await startSidecar(control, plainPod as MeshPod, "shop/plain", (text) =>
      text.replace('"DELTA_GRPC"', '"GRPC"'),
    );
    onTestFinished(() => sidecar.stop());
    const nacks = control.nacks.length;
    const store = () => call(plainPod as MeshPod, "http://store:14001/");
    await until("served", store, ({ body }) => body.startsWith("store-v1"));
    apply({ pods, grants, splits: [split("shop/store", { "store-v2": 1 })] });
    await until("changed", store, ({ body }) => body === "store-v2-1");
    apply({ pods });
    await until("taken away", store, ({ status }) => status === 403);
    expect(control.nacks).toHaveLength(nacks);
    const synced = () => control.server.proxies().find(({ id }) => id === "proxy-plain-1")?.types ?? [];
    await until("in sync", synced, (types) => types.length >= 3 && types.every((type) => type.synced));
  });

  it("lets everyone of the mesh in when the mesh is permissive, over mutual TLS as ever", async () => {
    apply({ policyMode: "permissive", splits: [split("shop/store", { "store-v2": 1 })] });
    const answer = await until(
      "served",
      () => call(pod("shop/buyer-1"), "http://store:14001/"),
      (a) => a.body === "store-v2-1",
    );
    expect(answer.headers["x-caller"]).toContain("spiffe://cluster.local/buyer/shop");
    const tcp = await tunnel(pod("shop/buyer-1"), "ledger-v2:14306", "hi");
    expect(tcp.text).toBe("store-v2-1: hi");
  });
});
