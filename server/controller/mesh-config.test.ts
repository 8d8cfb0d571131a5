import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { durationSeconds, readMeshConfig } from "./mesh-config";

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

describe("durationSeconds", () => {
  it.each([
    ["24h", 86_400],
    ["1.5h", 5400],
    ["90s", 90],
    ["1m500ms", 60.5],
    ["1d", null],
    ["", null],
    [5, null],
  ])("%s", (value, seconds) => {
    expect(durationSeconds(value)).toBe(seconds);
  });
});
