import { describe, expect, it } from "vitest";
import { peerIdentity } from "./peer";

describe("peerIdentity", () => {
  it("is the one SPIFFE id in the certificate", () => {
    const subjectaltname = "DNS:store.shop.cluster.local, URI:spiffe://cluster.local/store/shop";
    expect(peerIdentity({ subjectaltname }, "cluster.local")).toBe("shop/store");
  });

  it.each([
    undefined,
    {},
    { subjectaltname: "DNS:store.shop.cluster.local" },
    { subjectaltname: "URI:spiffe://other/store/shop" },
    { subjectaltname: "URI:spiffe://cluster.local/store/shop, URI:spiffe://cluster.local/bank/back" },
    // Node quotes values with commas in them, so that they do not read as another name.
    { subjectaltname: 'DNS:"a, URI:spiffe://cluster.local/store/shop"' },
  ])("is nobody for %j", (certificate) => {
    expect(peerIdentity(certificate, "cluster.local")).toBeNull();
  });
});
