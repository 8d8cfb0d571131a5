import { expect, it } from "vitest";
import type { Certificate, Proxy as ConnectedProxy } from "@/lib/contract/admin";
import { ProxyListSchema } from "@/lib/contract/proxies";
import { xdsModel } from "@/test/support/xds-model";
import { proxyListOf } from "./proxies";

const certificate = (identity: string, kind: Certificate["kind"]): Certificate => ({
  identity,
  kind,
  subject: "CN=a",
  uris: [],
  serial: "01",
  issuer: "CN=root",
  notBefore: "2026-01-01T00:00:00Z",
  notAfter: "2026-01-02T00:00:00Z",
  provider: "meshdeck",
});

it("names the pods whose sidecar is not connected and gives each other one its workload's certificate", () => {
  const model = xdsModel({
    pods: [
      { key: "shop/buyer-1", address: "10.0.0.1", loopback: "127.0.0.1" },
      { key: "shop/store-1", address: "10.0.0.2", loopback: "127.0.0.1" },
    ],
  });
  const buyer = model.workloads["shop/buyer-1"];
  const proxy: ConnectedProxy = {
    id: buyer?.proxyId ?? "",
    namespace: "shop",
    pod: "buyer-1",
    identity: "shop/buyer",
    connectedAt: "2026-01-01T00:00:00Z",
    envoyVersion: null,
    clientCertificate: null,
    types: [],
  };
  const workload = certificate("shop/buyer", "workload");
  const list = proxyListOf({ model, partial: [] }, [proxy], [certificate("shop/buyer", "proxy"), workload]);
  expect(ProxyListSchema.parse(list)).toEqual(list);
  expect(list.items.map((one) => one.certificate)).toEqual([workload]);
  expect(list.notConnected.map(({ pod }) => pod)).toEqual(["store-1"]);
});
