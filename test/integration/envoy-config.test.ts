/** What a real Envoy says it has, held against what it is given; and who may ask it. */
import { request } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProxyConfig } from "@/lib/contract/admin";
import type { EnvoyConfig } from "@/lib/contract/envoy-config";
import type { MeshModel, MeshPod } from "@/lib/mesh/model";
import { compareConfig } from "@/lib/proxies/compare-config";
import { readEnvoyConfig } from "@/server/controller/envoy-config";
import type { KeyPair } from "@/server/xds/types";
import {
  type Control,
  type Sidecar,
  startControl,
  startSidecar,
  until,
  workloadCertificate,
} from "../support/xds-envoy";
import { grant, type PodSpec, xdsModel } from "../support/xds-model";

const BUYER: PodSpec = { key: "shop/buyer-1", address: "127.63.2.1", loopback: "127.63.102.1" };
const STORE: PodSpec = {
  key: "shop/store-v1-1",
  address: "127.63.2.2",
  loopback: "127.63.102.2",
  serves: [
    { service: "store", port: 14001 },
    { service: "ledger", port: 14306, protocol: "tcp" },
  ],
};
const NOWHERE = "192.0.2.1";
const SPEC = { pods: [BUYER, STORE], grants: [grant(["shop/buyer"], "shop/store-v1", "* .*")] };

describe.skipIf(!process.env.MESHDECK_ENVOY)("what an Envoy has", () => {
  let control: Control;
  let model: MeshModel;
  const sidecars: Sidecar[] = [];

  beforeAll(async () => {
    control = await startControl();
    model = xdsModel(SPEC);
    control.server.update(model);
    control.renew(model);
    for (const spec of [BUYER, STORE]) sidecars.push(await startSidecar(control, pod(spec)));
    await until("both are in sync", inSync, (synced) => synced);
    await until(
      "both listen",
      () => Promise.all([ask(BUYER), ask(STORE)]),
      () => true,
    );
  });
  afterAll(async () => {
    await Promise.all(sidecars.map((sidecar) => sidecar.stop()));
    await control?.server.close();
  });

  function pod({ key }: PodSpec): MeshPod {
    const found = model.workloads[key];
    if (!found) throw new Error(`no pod ${key}`);
    return found;
  }
  async function inSync(): Promise<boolean> {
    const proxies = control.server.proxies();
    return (
      proxies.length === 2 && proxies.every(({ types }) => types.length >= 4 && types.every(({ synced }) => synced))
    );
  }
  function given(spec: PodSpec): ProxyConfig["resources"] {
    return control.server.config(pod(spec).proxyId)?.resources ?? [];
  }
  function ask(spec: PodSpec): Promise<EnvoyConfig> {
    const sources = { authority: control.authority, trustDomain: "cluster.local", now: Date.now };
    return readEnvoyConfig(pod(spec).proxyId, { ...sources, model: () => model });
  }

  it("is no different from what it is given when it is in sync", async () => {
    const types = (await ask(BUYER)).resources.map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(["LDS", "RDS", "CDS", "EDS", "SDS"]));
    for (const spec of [BUYER, STORE]) {
      const { resources } = await ask(spec);
      expect(compareConfig(given(spec), resources)).toEqual([]);
    }
  });

  it("shows no key", async () => {
    const text = JSON.stringify(await ask(STORE));
    expect(text).toContain("BEGIN CERTIFICATE");
    expect(text).not.toMatch(/BEGIN( EC)? PRIVATE KEY/);
    expect(text).toContain("[not shown]");
  });

  it("shows what a refused change left behind", async () => {
    // An address of nobody: Envoy cannot listen there and keeps the listener it has.
    const stolen = { ...STORE, address: NOWHERE };
    const before = model;
    model = xdsModel({ ...SPEC, pods: [BUYER, stolen] });
    control.server.update(model);
    await until(
      "the change is refused",
      async () => control.nacks.length,
      (count) => count > 0,
    );
    model = before;
    const differences = compareConfig(given(STORE), (await ask(STORE)).resources);
    expect(differences.map(({ type, name }) => `${type} ${name}`)).toContain("LDS stats-listener");
    const [listener] = differences.filter(({ name }) => name === "stats-listener");
    expect(listener).toMatchObject({ kind: "differs" });
    expect(JSON.stringify(listener?.sent)).toContain(NOWHERE);
    expect(JSON.stringify(listener?.has)).toContain(STORE.address);
    control.server.update(model);
    await until("it is as before", inSync, (synced) => synced);
    expect(compareConfig(given(STORE), (await ask(STORE)).resources)).toEqual([]);
  });

  it("is told to the controller alone", async () => {
    const buyer = workloadCertificate(control.authority, "shop/buyer");
    await expect(knock(STORE.address, buyer)).rejects.toThrow(/ECONNRESET|alert|socket/i);
    await expect(knock(STORE.address, null)).rejects.toThrow(/ECONNRESET|alert|socket/i);
    const own = control.authority.issue({
      uris: ["spiffe://cluster.local/meshdeck-controller"],
      validitySeconds: 60,
      usages: ["client"],
    });
    expect(await knock(STORE.address, own)).toBe(200);
    expect(await knock(STORE.address, own, "/quitquitquit")).toBe(404);
    expect(await knock(STORE.address, own, "/config_dump", "POST")).toBe(404);
  });

  function knock(host: string, pair: KeyPair | null, path = "/config_dump", method = "GET"): Promise<number> {
    const credentials = pair ? { cert: pair.certificatePem, key: pair.keyPem } : {};
    const options = {
      host,
      port: 15011,
      path,
      method,
      ...credentials,
      ca: control.authority.rootPem,
      agent: false,
    } as const;
    return new Promise((resolve, reject) => {
      const asked = request({ ...options, checkServerIdentity: () => undefined }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.on("error", reject);
      asked.end();
    });
  }
});
