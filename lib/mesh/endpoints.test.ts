import { describe, expect, it } from "vitest";
import type { EndpointSlice, Pod } from "@/lib/kube/objects";
import { indexEndpoints } from "./endpoints";
import { readPod } from "./pods";

function pod(name: string, address: string) {
  const object: Pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "shop", uid: name, labels: { "osm-proxy-uuid": name } },
    spec: { serviceAccountName: "shop", containers: [] },
    status: { phase: "Running", podIP: address, conditions: [{ type: "Ready", status: "True" }] },
  };
  const candidate = readPod(object);
  if (!candidate) throw new Error("no pod");
  return candidate;
}
const members = new Map([
  ["shop/a", pod("a", "10.0.0.1")],
  ["shop/b", pod("b", "10.0.0.2")],
]);
type Conditions = { ready?: boolean; serving?: boolean; terminating?: boolean };
function slice(a: Conditions, b: Conditions): EndpointSlice {
  const endpoint = (name: string, address: string, conditions: Conditions) => ({
    addresses: [address],
    conditions,
    targetRef: { kind: "Pod", name },
  });
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "s", namespace: "shop", labels: { "kubernetes.io/service-name": "shop" } },
    endpoints: [endpoint("a", "10.0.0.1", a), endpoint("b", "10.0.0.2", b)],
    ports: [{ name: "http", port: 80 }],
  };
}
const addresses = (a: Conditions, b: Conditions) =>
  indexEndpoints([slice(a, b)], members)
    .of("shop/shop", "http")
    .map((endpoint) => endpoint.address);
const ending = { ready: false, serving: true, terminating: true };

describe("indexEndpoints", () => {
  it("uses endpoints that are ending only while none is ready", () => {
    expect(addresses({ ready: true }, ending)).toEqual(["10.0.0.1"]);
    expect(addresses(ending, { ready: false, serving: false, terminating: false })).toEqual(["10.0.0.1"]);
  });

  it("never uses one that does not serve", () => {
    expect(addresses({ ready: false }, { ready: false, serving: false, terminating: true })).toEqual([]);
  });
});
