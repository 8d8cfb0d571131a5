import { describe, expect, it } from "vitest";
import { grant, xdsModel } from "@/test/support/xds-model";
import { ProxyStream } from "./ads/proxy-stream";
import { RESOURCE_TYPES } from "./names";
import { MeshSnapshot } from "./snapshot/mesh-snapshot";

function stream() {
  const snapshot = new MeshSnapshot();
  const serves = [{ service: "store", port: 80 }];
  const pods = [
    { key: "shop/buyer-1", address: "10.0.0.1", loopback: "127.0.0.1" },
    { key: "shop/store-1", address: "10.0.0.2", loopback: "127.0.0.1", serves },
  ];
  snapshot.update(xdsModel({ pods, grants: [grant(["shop/buyer"], "shop/store", "GET /books")] }));
  const keys = (name: string) => ({ certificatePem: `${name} certificate`, keyPem: `${name} KEY MATERIAL` });
  snapshot.setSecrets(new Map([["shop/store", keys("store")]]), "roots");
  const pod = snapshot.model?.workloads["shop/store-1"];
  const view = pod ? snapshot.view(pod) : null;
  if (!pod || !view) throw new Error("no view");
  const nonces = new Map<string, string>();
  const one = new ProxyStream("p", "shop/store", {
    send: (type, nonce) => nonces.set(type, nonce),
    onNack: () => undefined,
    now: () => 0,
    later: () => () => undefined,
  });
  one.setView(pod, view);
  return { one, nonces, view };
}

describe("what a proxy is given, for people", () => {
  it("shows every type as Envoy's JSON and no private key", () => {
    const { one, view } = stream();
    for (const type of RESOURCE_TYPES) {
      const subscribe = type === "CDS" || type === "LDS" ? ["*"] : [...view[type].all()].map(({ name }) => name);
      one.change(type, { subscribe, unsubscribe: [], initialVersions: {} });
    }
    const resources = one.config();
    expect(new Set(resources.map(({ type }) => type))).toEqual(new Set(["CDS", "SDS", "LDS", "RDS"]));
    const text = JSON.stringify(resources);
    expect(text).toContain("store certificate");
    expect(text).toContain('"privateKey":"[not shown]"');
    expect(text).not.toContain("KEY MATERIAL");
  });

  it("says of each whether it was taken, is on its way, waits or was refused", () => {
    const { one, nonces } = stream();
    const states = (type: string) => [
      ...new Set(one.config().flatMap((each) => (each.type === type ? [each.state] : []))),
    ];
    one.change("CDS", { subscribe: ["*"], unsubscribe: [], initialVersions: {} });
    one.change("LDS", { subscribe: ["*"], unsubscribe: [], initialVersions: {} });
    expect(states("CDS")).toEqual(["sent"]);
    expect(states("LDS")).toEqual(["waiting"]);
    one.settle("CDS", nonces.get("CDS") ?? "", null);
    expect(states("CDS")).toEqual(["taken"]);
    one.settle("LDS", nonces.get("LDS") ?? "", "no such filter");
    expect(states("LDS")).toEqual(["refused"]);
  });
});
