import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { inStoredVersion, storedApiVersion } from "./stored-version";

function split(metadata: object): KubeObject {
  const named = { name: "bookstore", namespace: "bookstore", ...metadata };
  return { apiVersion: "split.smi-spec.io/v1alpha4", kind: "TrafficSplit", metadata: named, spec: {} };
}

const applied = (apiVersion: unknown) => ({
  annotations: { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({ apiVersion }) },
});

describe("storedApiVersion", () => {
  it("is what kubectl applied, also when someone else wrote later", () => {
    const managedFields = [
      { manager: "meshdeck", apiVersion: "split.smi-spec.io/v1alpha3", time: "2026-01-01T00:00:00Z" },
    ];
    const object = split({ ...applied("split.smi-spec.io/v1alpha2"), managedFields });
    expect(storedApiVersion(object)).toBe("split.smi-spec.io/v1alpha2");
    expect(inStoredVersion(object)).toMatchObject({ apiVersion: "split.smi-spec.io/v1alpha2", spec: {} });
  });

  it("is the first writer's otherwise: patches and status go through other versions", () => {
    const managedFields = [
      { apiVersion: "split.smi-spec.io/v1alpha4", time: "2026-01-03T00:00:00Z" },
      { apiVersion: "split.smi-spec.io/v1alpha2", time: "2026-01-02T00:00:00Z" },
      { apiVersion: "split.smi-spec.io/v1alpha1", time: "2026-01-01T00:00:00Z", subresource: "status" },
    ];
    expect(storedApiVersion(split({ managedFields }))).toBe("split.smi-spec.io/v1alpha2");
  });

  it("is never one whose shape is not the body's", () => {
    const managedFields = [
      { apiVersion: "access.smi-spec.io/v1alpha1", time: "2026-01-01T00:00:00Z" },
      { apiVersion: "access.smi-spec.io/v1alpha3", time: "2026-01-02T00:00:00Z" },
    ];
    const target = { ...split({ managedFields }), kind: "TrafficTarget", apiVersion: "access.smi-spec.io/v1alpha3" };
    expect(storedApiVersion(target)).toBe("access.smi-spec.io/v1alpha3");
    expect(storedApiVersion({ ...target, spec: undefined })).toBe("access.smi-spec.io/v1alpha1");
  });

  it.each([
    [{}],
    [{ annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{" } }],
    [applied(4)],
    [applied("v1")],
  ])("is the object's own without a record of it: %j", (metadata) => {
    const object = split(metadata);
    expect(inStoredVersion(object)).toBe(object);
  });
});
