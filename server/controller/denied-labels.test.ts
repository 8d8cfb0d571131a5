import { describe, expect, it } from "vitest";
import type { KubeObject, Namespace, Service, ServiceAccount } from "@/lib/kube/objects";
import { EMPTY_OBJECTS, type MeshObjects } from "@/lib/mesh/input";
import type { MeshModel } from "@/lib/mesh/model";
import { translate } from "@/lib/mesh/translate";
import type { CallRecord } from "@/server/xds/types";
import { deniedLabels } from "./denied-labels";

const namespace = (name: string): Namespace => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { "openservicemesh.io/monitored-by": "osm" } },
});
const account = (name: string): ServiceAccount => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name, namespace: name },
});
const pod = (name: string, deployment: string): KubeObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: {
    name: `${deployment}-1`,
    namespace: name,
    uid: deployment,
    labels: { app: name, "osm-proxy-uuid": deployment },
    ownerReferences: [{ apiVersion: "apps/v1", kind: "Deployment", name: deployment, uid: "d", controller: true }],
  },
  spec: { serviceAccountName: name, containers: [{ name: "app", ports: [{ containerPort: 80 }] }] },
  status: { podIP: "10.0.0.1", phase: "Running" },
});
const service: Service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "store", namespace: "store" },
  spec: { selector: { app: "store" }, ports: [{ port: 80 }] },
};

function model(pods: KubeObject[]): MeshModel {
  const objects = {
    ...EMPTY_OBJECTS,
    namespaces: ["store", "thief"].map(namespace),
    serviceAccounts: ["store", "thief"].map(account),
  };
  const all = { ...objects, services: [service], pods } as unknown as MeshObjects;
  return translate(all, { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" });
}

function call(changes: Partial<CallRecord> = {}): CallRecord {
  return {
    at: 1,
    side: "client",
    pod: "thief/thief-1",
    workload: "thief/deployment/thief",
    sourceIdentity: "thief/thief",
    destinationIdentity: null,
    sourceWorkload: "thief/deployment/thief",
    destinationService: "store/store",
    protocol: "http",
    method: "GET",
    path: "/",
    status: 403,
    details: "direct_response",
    flags: [],
    durationMs: 1,
    denied: true,
    policy: null,
    ...changes,
  };
}

describe("deniedLabels", () => {
  const mesh = model([pod("store", "store"), pod("thief", "thief")]);

  it("names the edge, the side and why", () => {
    expect(deniedLabels(call(), mesh)).toEqual({
      source: { namespace: "thief", kind: "deployment", name: "thief" },
      destination: { namespace: "store", name: "store" },
      reason: "no-target",
      side: "client",
    });
  });

  it("counts a refusal once: where it was made", () => {
    expect(deniedLabels(call({ details: "via_upstream" }), mesh)).toBeNull();
    expect(deniedLabels(call({ denied: false }), mesh)).toBeNull();
  });

  it("finds the caller by its certificate when the called side tells", () => {
    const told = call({ side: "server", sourceWorkload: null, workload: "store/deployment/store" });
    expect(deniedLabels(told, mesh)?.source).toEqual({ namespace: "thief", kind: "deployment", name: "thief" });
    const two = model([pod("thief", "thief"), pod("thief", "thief-v2")]);
    expect(deniedLabels(told, two)?.source).toEqual({ namespace: "thief", kind: "serviceaccount", name: "thief" });
  });

  it("makes no labels of what a caller made up", () => {
    expect(deniedLabels(call({ destinationService: "store/invented" }), mesh)?.destination).toBeNull();
    expect(deniedLabels(call({ sourceWorkload: null, workload: null, sourceIdentity: "who/ever" }), mesh)).toBeNull();
  });
});
