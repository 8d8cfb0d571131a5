/** PATCH in the three forms that change an object in place. */
import type { Cluster, Target, WriteOptions } from "../cluster";
import type { JsonObject, Stored } from "../object";
import { applyJsonPatch } from "../patch/json-patch";
import { applyMergePatch } from "../patch/merge-patch";
import { applyStrategicPatch } from "../patch/strategic-patch";
import { StatusError } from "../status";
import { changeObject } from "./update";

export type PatchType = "json" | "merge" | "strategic";

const MEDIA_TYPES: Readonly<Record<string, PatchType>> = {
  "application/json-patch+json": "json",
  "application/merge-patch+json": "merge",
  "application/strategic-merge-patch+json": "strategic",
};

function unsupportedMediaType(message: string): StatusError {
  return new StatusError(415, "UnsupportedMediaType", message);
}

/** The form a Content-Type stands for. Throws 415 with what to do instead. */
export function patchTypeOf(mediaType: string): PatchType {
  const found = MEDIA_TYPES[mediaType];
  if (found !== undefined) return found;
  if (mediaType.startsWith("application/apply-patch")) {
    throw unsupportedMediaType(
      "this API does not offer server-side apply: leave out --server-side, or send a merge patch (application/merge-patch+json)",
    );
  }
  throw unsupportedMediaType(
    `a patch cannot be of type ${JSON.stringify(mediaType)}: use ${Object.keys(MEDIA_TYPES).join(", ")}`,
  );
}

function applyPatch(target: Target, present: Stored, type: PatchType, patch: unknown): JsonObject {
  const object = present as unknown as JsonObject;
  if (type === "json") return applyJsonPatch(object, patch);
  if (type === "merge") return applyMergePatch(object, patch);
  if (target.type.custom) {
    throw unsupportedMediaType(
      "a strategic merge patch needs a built-in kind: use application/merge-patch+json or application/json-patch+json",
    );
  }
  return applyStrategicPatch(object, patch, target.type.typeName);
}

export function patchObject(
  cluster: Cluster,
  target: Target,
  patch: { type: PatchType; body: unknown },
  options: WriteOptions,
): Promise<Stored> {
  return changeObject(
    cluster,
    target,
    (present) => {
      const wanted = applyPatch(target, present, patch.type, patch.body);
      // The present resourceVersion came along unless the patch sets one: only that one is a precondition.
      const metadata = wanted.metadata as JsonObject | undefined;
      if (metadata?.resourceVersion === present.metadata.resourceVersion && !names(patch.body))
        delete metadata?.resourceVersion;
      return wanted;
    },
    options,
  );
}

/** Whether a patch itself speaks of the resourceVersion. */
function names(body: unknown): boolean {
  return (
    JSON.stringify(body).includes('resourceVersion"') || JSON.stringify(body).includes("/metadata/resourceVersion")
  );
}
