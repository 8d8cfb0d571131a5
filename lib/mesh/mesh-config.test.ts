import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { checkMeshConfig, readMeshConfig } from "./mesh-config";

function config(spec: unknown): KubeObject {
  return {
    apiVersion: "config.openservicemesh.io/v1alpha2",
    kind: "MeshConfig",
    metadata: { name: "osm-mesh-config" },
    spec,
  };
}

describe("readMeshConfig", () => {
  it("enforces SMI policy when there is no MeshConfig", () => {
    expect(readMeshConfig(null)).toMatchObject({
      policyMode: "smi",
      certificateSeconds: 86_400,
      sidecarLogLevel: "error",
    });
  });

  it("reads OSM's fields", () => {
    const spec = {
      traffic: { enablePermissiveTrafficPolicyMode: true },
      certificate: { serviceCertValidityDuration: "1h30m" },
      sidecar: { logLevel: "debug", envoyImage: "envoy:1", resources: { limits: { cpu: "1" } } },
    };
    expect(readMeshConfig(config(spec))).toEqual({
      policyMode: "permissive",
      certificateSeconds: 5400,
      sidecarLogLevel: "debug",
      sidecarImage: "envoy:1",
      sidecarResources: { limits: { cpu: "1" } },
    });
  });

  it.each([
    [null],
    ["x"],
    [
      {
        traffic: 1,
        sidecar: { logLevel: "loud", resources: [] },
        certificate: { serviceCertValidityDuration: "soon" },
      },
    ],
  ])("falls back field by field on %j", (spec) => {
    expect(readMeshConfig(config(spec))).toEqual(readMeshConfig(null));
  });

  it("never issues certificates of less than ten minutes", () => {
    expect(readMeshConfig(config({ certificate: { serviceCertValidityDuration: "5s" } })).certificateSeconds).toBe(600);
  });
});

describe("checkMeshConfig", () => {
  it("has nothing to say of what the controller takes as written", () => {
    const spec = {
      traffic: { enablePermissiveTrafficPolicyMode: true, enableEgress: "anything" },
      certificate: { serviceCertValidityDuration: "1h30m" },
      sidecar: { logLevel: "debug", envoyImage: "envoy:1", resources: { limits: { cpu: "100m", memory: "1Gi" } } },
    };
    expect(checkMeshConfig(config(spec))).toEqual([]);
    expect(checkMeshConfig(config(undefined))).toEqual([]);
  });

  it.each([
    [{ traffic: { enablePermissiveTrafficPolicyMode: "yes" } }, 'must be true or false, not "yes"'],
    [{ certificate: { serviceCertValidityDuration: "soon" } }, "must be a duration"],
    [{ certificate: { serviceCertValidityDuration: "5m" } }, "must be at least 10m"],
    [{ certificate: { serviceCertValidityDuration: "9000h" } }, "must be at most 8760h"],
    [{ sidecar: { logLevel: "loud" } }, "must be one of trace"],
    [{ sidecar: { envoyImage: "" } }, "must be an image name"],
    [{ sidecar: { resources: { requests: { cpu: "lots" } } } }, "must be a quantity"],
  ])("names field, value and remedy of %j", (spec, message) => {
    const [found] = checkMeshConfig(config(spec));
    expect(found?.field).toMatch(/^spec\./);
    expect(found?.message).toContain(message);
  });
});
