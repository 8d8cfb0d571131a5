import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { EMPTY_OBJECTS, type MeshObjects } from "@/lib/mesh/input";
import { createAuthority } from "@/server/pki/authority";
import { WorkloadCertificates } from "./certificates";
import { MeshState } from "./mesh-state";

const shop = {
  ...EMPTY_OBJECTS,
  namespaces: [
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "shop", labels: { "openservicemesh.io/monitored-by": "osm" } },
    },
  ],
  serviceAccounts: [{ apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: "shop", name: "web" } }],
} as MeshObjects;

const permissive: KubeObject = {
  apiVersion: "config.openservicemesh.io/v1alpha2",
  kind: "MeshConfig",
  metadata: { name: "osm-mesh-config" },
  spec: { traffic: { enablePermissiveTrafficPolicyMode: true } },
};

async function setUp() {
  const calls: string[] = [];
  const now = { objects: EMPTY_OBJECTS as MeshObjects, config: null as KubeObject | null };
  const authority = await createAuthority({ commonName: "root", validitySeconds: 1e6 });
  const state = new MeshState({
    watch: { objects: () => now.objects, meshConfig: () => now.config },
    certificates: new WorkloadCertificates(authority),
    xds: {
      setSecrets: (certificates) => void calls.push(`secrets ${[...certificates.keys()].join()}`),
      update: (model) => {
        calls.push(`update ${model.policyMode} ${Object.keys(model.identities).join()}`);
        return { resourcesBuilt: 0, proxiesTouched: 0 };
      },
    },
    meshName: "osm",
    trustDomain: "cluster.local",
    trustBundlePem: authority.rootPem,
  });
  return { calls, now, state };
}

describe("MeshState", () => {
  it("hands certificates out before the configuration that names them", async () => {
    const { calls, now, state } = await setUp();
    now.objects = shop;
    state.reconcile();
    expect(calls).toEqual(["secrets shop/web", "update smi shop/web"]);
  });

  it("does nothing when nothing of the mesh changed", async () => {
    const { calls, state } = await setUp();
    state.reconcile();
    calls.length = 0;
    expect(state.reconcile()).toBeNull();
    expect(calls).toEqual([]);
    expect(state.report.count).toBe(1);
  });

  it("follows the MeshConfig's policy mode", async () => {
    const { calls, now, state } = await setUp();
    state.reconcile();
    now.config = permissive;
    state.reconcile();
    expect(calls.at(-1)).toBe("update permissive ");
    expect(state.config.policyMode).toBe("permissive");
  });
});
