import { describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import { KubeError } from "@/server/kube/errors";
import { createSmi, deleteSmi, getSmi, replaceSmi } from "./smi";

const NAME = { plural: "trafficsplits", namespace: "shop", name: "web" } as const;

function split(more: Partial<KubeObject["metadata"]> = {}, apiVersion = "split.smi-spec.io/v1alpha4"): KubeObject {
  const metadata = { namespace: "shop", name: "web", resourceVersion: "7", ...more };
  return { apiVersion, kind: "TrafficSplit", metadata, spec: { service: "web", backends: [] } } as KubeObject;
}

/** A client that answers every write with what it was given, unless told to fail. */
function client(fails?: Error, live: KubeObject | null = null) {
  const answer = async (_resource: unknown, object: KubeObject) => {
    if (fails) throw fails;
    return object;
  };
  return {
    get: vi.fn(async () => live ?? split()),
    find: vi.fn(async () => live),
    create: vi.fn(answer),
    replace: vi.fn(answer),
    delete: vi.fn(async () => {
      if (fails) throw fails;
    }),
  };
}

async function refused(doing: Promise<unknown>): Promise<AppError> {
  const error = await doing.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`not refused: ${error}`);
}
const fieldsOf = (error: AppError) => error.details?.fields?.map(({ field }) => field);

describe("replaceSmi", () => {
  it("writes in the version the object has", async () => {
    const kube = client();
    const object = split({}, "split.smi-spec.io/v1alpha1");
    expect(await replaceSmi(kube, NAME, { object })).toEqual({ object, dryRun: false });
    expect(kube.replace).toHaveBeenCalledWith(
      { group: "split.smi-spec.io", version: "v1alpha1", plural: "trafficsplits" },
      object,
      { dryRun: false },
    );
  });

  it("passes a dry run on", async () => {
    const kube = client();
    expect((await replaceSmi(kube, NAME, { object: split(), dryRun: true })).dryRun).toBe(true);
    expect(kube.replace.mock.lastCall).toContainEqual({ dryRun: true });
  });

  it("answers a conflict with the live object, as it was written", async () => {
    const applied = JSON.stringify({ apiVersion: "split.smi-spec.io/v1alpha4" });
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": applied };
    const live = split({ resourceVersion: "8", annotations }, "split.smi-spec.io/v1alpha2");
    const conflict = new KubeError(409, "Conflict", { message: "changed" });
    const error = await refused(replaceSmi(client(conflict, live), NAME, { object: split() }));
    expect([error.code, error.message]).toEqual([
      "conflict",
      "TrafficSplit shop/web was changed by someone else. Nothing was written.",
    ]);
    expect(error.details?.live).toEqual({ ...live, apiVersion: "split.smi-spec.io/v1alpha4" });
  });

  it.each([
    ["a conflict with nothing", new KubeError(409, "Conflict", { message: "changed" })],
    ["not found", new KubeError(404, "NotFound", { message: "no such object" })],
  ])("says that it was deleted meanwhile after %s", async (_, fails) => {
    const error = await refused(replaceSmi(client(fails), NAME, { object: split() }));
    expect([error.code, error.message]).toEqual(["not_found", "TrafficSplit shop/web was deleted meanwhile."]);
  });

  it.each([
    ["kind", { ...split(), kind: "TrafficTarget" }],
    ["apiVersion", split({}, "split.smi-spec.io/v1")],
    ["apiVersion", split({}, "access.smi-spec.io/v1alpha4")],
    ["metadata.name", split({ name: "other" })],
    ["metadata.name", split({ namespace: "other" })],
    ["metadata.resourceVersion", split({ resourceVersion: "" })],
  ])("refuses a wrong %s before anything is written", async (field, object) => {
    const kube = client();
    const error = await refused(replaceSmi(kube, NAME, { object }));
    expect([error.code, fieldsOf(error)]).toEqual(["invalid_request", [field]]);
    expect(kube.replace).not.toHaveBeenCalled();
  });

  it("leaves the API's own refusal as it is", async () => {
    const details = { fields: [{ field: "spec.backends[0].weight", message: "must be a number" }] };
    const fails = new KubeError(422, "Invalid", { message: "invalid", details });
    const error = await refused(replaceSmi(client(fails), NAME, { object: split() }));
    expect([error.code, error.details]).toEqual(["unprocessable", details]);
  });
});

describe("createSmi", () => {
  it("sends nothing that only the server may say", async () => {
    const kube = client();
    await createSmi(kube, "trafficsplits", { object: split({ uid: "u", creationTimestamp: "2020-01-01T00:00:00Z" }) });
    expect(kube.create.mock.lastCall?.[1].metadata).toEqual({ namespace: "shop", name: "web" });
  });

  it("says at the name that it is taken", async () => {
    const taken = new KubeError(409, "AlreadyExists", { message: "exists" });
    const error = await refused(createSmi(client(taken), "trafficsplits", { object: split() }));
    expect([error.code, fieldsOf(error)]).toEqual(["conflict", ["metadata.name"]]);
    expect(error.details?.live).toBeUndefined();
  });

  it.each([undefined, "..", "a/b", "A B"])("refuses the namespace %j", async (namespace) => {
    const { namespace: _, ...metadata } = split().metadata;
    const object = { ...split(), metadata: { ...metadata, ...(namespace ? { namespace } : {}) } };
    const kube = client();
    expect(fieldsOf(await refused(createSmi(kube, "trafficsplits", { object })))).toEqual(["metadata.namespace"]);
    expect(kube.create).not.toHaveBeenCalled();
  });
});

describe("deleteSmi", () => {
  it("deletes only what was looked at", async () => {
    const kube = client();
    const options = { resourceVersion: "7", dryRun: false };
    expect(await deleteSmi(kube, NAME, options)).toEqual({ deleted: true, dryRun: false });
    expect(kube.delete).toHaveBeenCalledWith(expect.objectContaining({ plural: "trafficsplits" }), NAME, options);
    expect(await deleteSmi(kube, NAME, { ...options, dryRun: true })).toEqual({ deleted: false, dryRun: true });
  });

  it("shows what is there when it is another one by now", async () => {
    const conflict = new KubeError(409, "Conflict", { message: "changed" });
    const live = split({ resourceVersion: "9" });
    const error = await refused(deleteSmi(client(conflict, live), NAME, { resourceVersion: "7", dryRun: false }));
    expect([error.code, error.details?.live]).toEqual(["conflict", live]);
  });
});

describe("getSmi", () => {
  it("answers the object as it was written", async () => {
    expect(await getSmi(client(), NAME)).toEqual({ object: split(), dryRun: false });
  });
});
