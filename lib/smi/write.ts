/** A hub object back into the version it was read in. */
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import { BODY_FIELDS, bodyOf, isRecord, type Json, placeOf, rulesFieldOf } from "./body";
import type { SmiObject } from "./hub";
import { readSmi } from "./read";
import { unsayable } from "./unsayable";
import { layoutOf } from "./versions";
import { writeHttp, writeSplit, writeTarget, writeTcp } from "./write-body";

/**
 * Writes `hub` in `hub.apiVersion`. Everything `base` carries and the hub does not know (labels, annotations, finalizers,
 * status, unknown fields, also inside list items) is kept, and values that did not change keep their spelling.
 * Throws AppError `unprocessable` when that version has no field for something the hub says, such as a split's matches
 * in v1alpha2: leaving it out in silence would change who may do what.
 */
export function writeSmi(hub: SmiObject, base?: KubeObject): KubeObject {
  const missing = unsayable(hub, base === undefined ? null : readSmi(base));
  if (missing.length > 0) {
    throw new AppError(
      "unprocessable",
      `${hub.kind} ${hub.namespace}/${hub.name} cannot be written in ${hub.apiVersion}.`,
      {
        hint: "Use a newer version of the object, or take out what this version has no field for.",
        details: { fields: [...missing] },
      },
    );
  }
  const old: Json = base ?? {};
  const sameVersion = old.apiVersion === hub.apiVersion;
  const place = sameVersion ? placeOf(hub.kind, old) : layoutOf(hub.apiVersion).place;
  const oldBody = bodyOf(old, base === undefined ? place : placeOf(hub.kind, old));
  const fields = writeBody(hub, oldBody, sameVersion);
  return {
    ...withoutBody(hub, old, place),
    apiVersion: hub.apiVersion,
    kind: hub.kind,
    metadata: writeMeta(hub, old.metadata),
    ...(place === "top" ? fields : specField(hub, old, fields)),
  };
}

function writeBody(hub: SmiObject, oldBody: Json, sameVersion: boolean): Json {
  switch (hub.kind) {
    case "TrafficSplit":
      return writeSplit(hub, oldBody);
    case "TrafficTarget": {
      const layout = layoutOf(hub.apiVersion);
      const from = rulesFieldOf(hub.apiVersion, oldBody);
      return writeTarget(hub, oldBody, { from, to: sameVersion ? from : layout.rulesField });
    }
    case "HTTPRouteGroup":
      return writeHttp(hub, oldBody);
    case "TCPRoute":
      return writeTcp(hub, oldBody);
  }
}

/** `spec` with the fields laid over what it had. Versions whose spec has no field at all keep doing without one. */
function specField(hub: SmiObject, old: Json, fields: Json): Json {
  const oldSpec = isRecord(old.spec) ? old.spec : null;
  if (oldSpec === null && Object.keys(fields).length === 0) return {};
  return { spec: { ...without(oldSpec ?? {}, BODY_FIELDS[hub.kind]), ...fields } };
}

/** The object without the fields that are written anew, and without a `spec` they moved out of. */
function withoutBody(hub: SmiObject, old: Json, place: "spec" | "top"): Json {
  const known = BODY_FIELDS[hub.kind];
  const wasTop = Object.keys(old).length > 0 && placeOf(hub.kind, old) === "top";
  if (place === "spec") return wasTop ? without(old, known) : old;
  const spec = old.spec;
  return isRecord(spec) && !wasTop ? { ...without(old, ["spec"]), ...without(spec, known) } : without(old, known);
}

function without(record: Json, fields: readonly string[]): Json {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field)));
}

/** What the hub knows of the metadata is as the hub says, so a null takes a field away; the rest stays. */
function writeMeta(hub: SmiObject, old: unknown): KubeObject["metadata"] {
  const rest = without(isRecord(old) ? old : {}, ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"]);
  return {
    ...rest,
    name: hub.name,
    namespace: hub.namespace,
    ...(hub.uid === null ? {} : { uid: hub.uid }),
    ...(hub.resourceVersion === null ? {} : { resourceVersion: hub.resourceVersion }),
    ...(hub.createdAt === null ? {} : { creationTimestamp: hub.createdAt }),
  };
}
