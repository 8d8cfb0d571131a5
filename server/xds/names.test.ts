import { describe, expect, it } from "vitest";
import { identityOfSpiffeId, parseCluster, resourceType, typeUrl, upstreamCluster } from "./names";

describe("names", () => {
  it("reads back a service's cluster, and takes no other for one", () => {
    expect(parseCluster(upstreamCluster("shop/store", 80))).toEqual({ serviceKey: "shop/store", port: 80 });
    for (const other of ["shop/store|80|local", "meshdeck-controller", "shop/store", ""]) {
      expect(parseCluster(other)).toBeNull();
    }
  });

  it("takes an identity from a SPIFFE id of this trust domain and of no other", () => {
    expect(identityOfSpiffeId("spiffe://cluster.local/store/shop", "cluster.local")).toBe("shop/store");
    for (const other of [
      "spiffe://cluster.local.evil/store/shop",
      "spiffe://other/store/shop",
      "spiffe://cluster.local/store",
      "spiffe://cluster.local/store/shop/more",
      "spiffe://cluster.local//shop",
      "store.shop.cluster.local",
    ]) {
      expect(identityOfSpiffeId(other, "cluster.local")).toBeNull();
    }
  });

  it("knows the types it serves", () => {
    expect(resourceType(typeUrl("RDS"))).toBe("RDS");
    expect(resourceType("type.googleapis.com/envoy.service.runtime.v3.Runtime")).toBeNull();
  });
});
