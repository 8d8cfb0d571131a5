/** The scale subresource: an autoscaling/v1 Scale over a workload's replicas. */
import type { Cluster, Target, WriteOptions } from "../cluster";
import { bad } from "../kinds/rules";
import { at, ensureObject, isObject, type JsonObject, type Stored, thaw } from "../object";
import { applyJsonPatch } from "../patch/json-patch";
import { applyMergePatch } from "../patch/merge-patch";
import { selectorText } from "../select/labels";
import { invalid, methodNotAllowed } from "../status";
import type { PatchType } from "./patch";
import { changeObject, existing } from "./update";

function numberAt(object: Stored, path: readonly string[]): number {
  const value = at(object, ...path);
  return typeof value === "number" ? value : 0;
}

function scaleOf(target: Target, object: Stored): JsonObject {
  const paths = target.version.scale;
  if (paths === null) throw methodNotAllowed();
  const selector = at(object, ...paths.selector);
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const metadata = { name, namespace, uid, resourceVersion, creationTimestamp };
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: JSON.parse(JSON.stringify(metadata)),
    spec: { replicas: numberAt(object, paths.specReplicas) },
    status: {
      replicas: numberAt(object, paths.statusReplicas),
      selector: typeof selector === "string" ? selector : selectorText(selector),
    },
  };
}

export function readScale(cluster: Cluster, target: Target): JsonObject {
  return scaleOf(target, existing(cluster, target));
}

async function setScale(
  cluster: Cluster,
  target: Target,
  change: (scale: JsonObject) => JsonObject,
  options: WriteOptions,
): Promise<JsonObject> {
  const paths = target.version.scale;
  if (paths === null) throw methodNotAllowed();
  // Seen from the object this is an update of its spec; a resourceVersion in the Scale is a precondition.
  const changed = await changeObject(
    cluster,
    { ...target, subresource: "" },
    (present) => {
      const wanted = change(scaleOf(target, present));
      const replicas = at(wanted, "spec", "replicas") ?? 0;
      if (typeof replicas !== "number" || !Number.isInteger(replicas) || replicas < 0) {
        throw invalid("autoscaling", "Scale", target.name, [
          bad("spec.replicas", replicas, "must be greater than or equal to 0"),
        ]);
      }
      const draft = thaw(present);
      const resourceVersion = at(wanted, "metadata", "resourceVersion");
      const metadata = ensureObject(draft, "metadata");
      if (typeof resourceVersion === "string" && resourceVersion !== "") metadata.resourceVersion = resourceVersion;
      else delete metadata.resourceVersion;
      const field = paths.specReplicas.at(-1) ?? "replicas";
      const holder = paths.specReplicas
        .slice(0, -1)
        .reduce<JsonObject>((here, name) => ensureObject(here, name), draft);
      holder[field] = replicas;
      return draft;
    },
    options,
  );
  return scaleOf(target, changed);
}

export function replaceScale(
  cluster: Cluster,
  target: Target,
  body: JsonObject,
  options: WriteOptions,
): Promise<JsonObject> {
  return setScale(cluster, target, () => body, options);
}

export function patchScale(
  cluster: Cluster,
  target: Target,
  patch: { type: PatchType; body: unknown },
  options: WriteOptions,
): Promise<JsonObject> {
  const pinned = isObject(patch.body) && at(patch.body, "metadata", "resourceVersion") !== undefined;
  return setScale(
    cluster,
    target,
    (scale) => {
      const metadata = ensureObject(scale, "metadata");
      if (!pinned) delete metadata.resourceVersion;
      return patch.type === "json" ? applyJsonPatch(scale, patch.body) : applyMergePatch(scale, patch.body);
    },
    options,
  );
}
