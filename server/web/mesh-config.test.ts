import { describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import { kubeError } from "@/server/kube/errors";
import { readMeshSettings, writeMeshSettings } from "./mesh-config";

const stored = (resourceVersion?: string, spec: object = {}): KubeObject => ({
  apiVersion: "config.openservicemesh.io/v1alpha2",
  kind: "MeshConfig",
  metadata: { name: "osm-mesh-config", namespace: "osm-system", ...(resourceVersion ? { resourceVersion } : {}) },
  spec,
});
function api(live: KubeObject | null, fail?: Error) {
  const write = vi.fn(async (_resource: unknown, object: KubeObject) => {
    if (fail) throw fail;
    return object;
  });
  return { find: vi.fn(async () => live), create: write, replace: write };
}
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error as AppError,
  );

describe("the MeshConfig", () => {
  it("is read where it belongs, also when there is none", async () => {
    expect(await readMeshSettings(api(null), "osm-system")).toMatchObject({ object: null, name: "osm-mesh-config" });
  });

  it("is written as a dry run, replaced, and created when it is new", async () => {
    const client = api(stored("7"));
    expect(await writeMeshSettings(client, "osm-system", { object: stored("7"), dryRun: true })).toMatchObject({
      dryRun: true,
    });
    expect(client.replace).toHaveBeenLastCalledWith(expect.anything(), stored("7"), { dryRun: true });
    await writeMeshSettings(client, "osm-system", { object: stored() });
    expect(client.create).toHaveBeenLastCalledWith(expect.anything(), stored(), { dryRun: false });
  });

  it("is not written over somebody else's change: both are shown", async () => {
    const conflict = kubeError(409, { reason: "Conflict", message: "changed" }, "replace");
    const error = await failure(writeMeshSettings(api(stored("8"), conflict), "osm-system", { object: stored("7") }));
    expect(error).toMatchObject({ code: "conflict", details: { live: stored("8") } });
    const gone = await failure(writeMeshSettings(api(null, conflict), "osm-system", { object: stored("7") }));
    expect(gone?.code).toBe("not_found");
  });

  it.each([
    [{ ...stored("7"), kind: "ConfigMap" }, "kind"],
    [{ ...stored("7"), metadata: { name: "other", namespace: "osm-system" } }, "metadata.name"],
    [{ ...stored("7"), metadata: { name: "osm-mesh-config", namespace: "default" } }, "metadata.namespace"],
    [stored("7", { sidecar: { logLevel: "loud" } }), "spec.sidecar.logLevel"],
    [
      stored("7", { certificate: { serviceCertValidityDuration: "1s" } }),
      "spec.certificate.serviceCertValidityDuration",
    ],
  ])("with a wrong field is refused before anything is asked", async (object, field) => {
    const client = api(stored("7"));
    const error = await failure(writeMeshSettings(client, "osm-system", { object }));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "unprocessable", details: { fields: [{ field }] } });
    expect(client.replace).not.toHaveBeenCalled();
  });
});
