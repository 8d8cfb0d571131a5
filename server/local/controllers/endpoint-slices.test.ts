import { describe, expect, it } from "vitest";
import type { Pod, Service } from "@/lib/kube/objects";
import { endpointSlices, endpointsObject } from "./endpoint-slices";

const service: Service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "bookstore", namespace: "bookstore", uid: "s1" },
  spec: {
    selector: { app: "bookstore" },
    ports: [{ name: "http", port: 80, targetPort: "web", appProtocol: "http" }],
  },
};

function pod(
  name: string,
  change: { ready?: boolean; deleting?: boolean; port?: number; ip?: string; phase?: string },
): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: "bookstore",
      uid: name,
      labels: { app: "bookstore" },
      ...(change.deleting ? { deletionTimestamp: "2026-01-01T00:00:00Z" } : {}),
    },
    spec: { containers: [{ name: "app", ports: [{ name: "web", containerPort: change.port ?? 14001 }] }] },
    status: {
      phase: change.phase ?? "Running",
      podIP: change.ip ?? "127.20.1.1",
      conditions: [{ type: "Ready", status: change.ready === false ? "False" : "True" }],
    },
  };
}

describe("endpointSlices", () => {
  it("names ready pods, and says which are ending", () => {
    const slices = endpointSlices(service, [pod("b", { ready: false }), pod("a", {}), pod("c", { deleting: true })]);
    expect(slices).toHaveLength(1);
    expect(slices[0]?.ports).toEqual([{ name: "http", port: 14001, protocol: "TCP", appProtocol: "http" }]);
    expect(slices[0]?.endpoints?.map((one) => [one.targetRef?.name, one.conditions])).toEqual([
      ["a", { ready: true, serving: true, terminating: false }],
      ["b", { ready: false, serving: false, terminating: false }],
      ["c", { ready: false, serving: true, terminating: true }],
    ]);
  });

  it("makes one slice for each meaning of a named port", () => {
    const slices = endpointSlices(service, [pod("a", {}), pod("b", { port: 8080 }), pod("c", {})]);
    expect(slices.map((slice) => [slice.ports?.[0]?.port, slice.endpoints?.length])).toEqual([
      [14001, 2],
      [8080, 1],
    ]);
    expect(new Set(slices.map((slice) => slice.metadata.name)).size).toBe(2);
  });

  it("leaves out pods without an address, ended pods, and every pod of a Service without a selector", () => {
    expect(endpointSlices(service, [pod("a", { ip: "" }), pod("b", { phase: "Succeeded" })])).toEqual([]);
    expect(endpointSlices({ ...service, spec: { ports: [{ port: 80 }] } }, [pod("a", {})])).toEqual([]);
  });

  it("splits the older Endpoints into ready and not ready", () => {
    const slices = endpointSlices(service, [pod("a", {}), pod("b", { ready: false }), pod("c", { deleting: true })]);
    const [subset] = endpointsObject(service, slices).subsets;
    expect(subset?.addresses?.map((one) => one.targetRef?.name)).toEqual(["a"]);
    expect(subset?.notReadyAddresses?.map((one) => one.targetRef?.name)).toEqual(["b"]);
  });
});
