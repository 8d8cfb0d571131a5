/** One change of one object, in one line an operator understands. Status, readiness and notes in metadata are no changes. */
import type { KubeObject } from "@/lib/kube/objects";
import type { SmiObject } from "@/lib/smi/hub";
import { readSmi } from "@/lib/smi/read";
import { isSmiKind } from "@/lib/smi/versions";
import { configChange, describeConfig } from "./changes/config";
import { describeSmi, type FindRoutes, smiChange } from "./changes/smi";
import { deploymentChange, describeDeployment, describeService, serviceChange } from "./changes/workload";
import { asksForSidecars, inMesh } from "./namespaces";

export interface ObservedChange {
  /** null: it was created. */
  readonly before: KubeObject | null;
  /** null: it was deleted. */
  readonly after: KubeObject | null;
}

/** What has to be known besides the object. */
export interface ChangeSurroundings {
  readonly meshName: string;
  /** Names of the namespaces of the mesh: Services and Deployments of others are none of its business. */
  readonly meshed: ReadonlySet<string>;
  readonly findRoutes: FindRoutes;
}

export interface ChangeSummary {
  readonly kind: string;
  /** "" for a Namespace. */
  readonly namespace: string;
  readonly name: string;
  readonly verb: "created" | "changed" | "deleted";
  /** A phrase that follows the name: `weights bookstore-v1 90 → 50`. */
  readonly summary: string;
}

/** null for what is no change of the mesh. */
export function summarise({ before, after }: ObservedChange, around: ChangeSurroundings): ChangeSummary | null {
  const object = after ?? before;
  if (object === null || !concerns(object, around)) return null;
  const { kind, metadata } = object;
  const about = { kind, namespace: metadata.namespace ?? "", name: metadata.name };
  const said = (verb: ChangeSummary["verb"], summary: string | null): ChangeSummary | null =>
    summary === null ? null : { ...about, verb, summary };
  if (kind === "Namespace") return said(verbOf(before, after), namespaceChange(before, after, around.meshName));
  if (before && after) return said("changed", difference(before, after, around));
  const phrase = describe(object, around);
  return before ? said("deleted", `no longer ${phrase}`) : said("created", phrase);
}

/** What the object is now, when what it was is not known. null for what is no part of the mesh. */
export function summariseNow(object: KubeObject, around: ChangeSurroundings): ChangeSummary | null {
  const created = summarise({ before: null, after: object }, around);
  return created && { ...created, verb: "changed", summary: `now ${created.summary}` };
}

function concerns({ kind, metadata }: KubeObject, { meshed }: ChangeSurroundings): boolean {
  if (kind === "Service" || kind === "Deployment") return meshed.has(metadata.namespace ?? "");
  return kind === "Namespace" || kind === "MeshConfig" || isSmiKind(kind);
}

function verbOf(before: KubeObject | null, after: KubeObject | null): ChangeSummary["verb"] {
  if (before === null) return "created";
  return after === null ? "deleted" : "changed";
}

function describe(object: KubeObject, around: ChangeSurroundings): string {
  if (object.kind === "Deployment") return describeDeployment(object);
  if (object.kind === "Service") return describeService(object);
  if (object.kind === "MeshConfig") return describeConfig(object);
  const reading = readSmi(object);
  return reading.ok ? describeSmi(reading.value, around.findRoutes) : unreadable(reading.fields);
}

function difference(before: KubeObject, after: KubeObject, around: ChangeSurroundings): string | null {
  if (after.kind === "Deployment") return deploymentChange(before, after);
  if (after.kind === "Service") return serviceChange(before, after);
  if (after.kind === "MeshConfig") return configChange(before, after);
  const [was, is] = [readSmi(before), readSmi(after)];
  if (was.ok && is.ok) return smiChange(was.value, is.value, around.findRoutes);
  if (is.ok) return `can be read again: ${describeSmi(is.value as SmiObject, around.findRoutes)}`;
  return was.ok ? unreadable(is.fields) : null;
}

function unreadable(fields: readonly { readonly field: string; readonly message: string }[]): string {
  const [first] = fields;
  return `cannot be read: ${first?.field || "the object"} ${first?.message ?? "is not valid"}`;
}

function namespaceChange(before: KubeObject | null, after: KubeObject | null, meshName: string): string | null {
  const was = before !== null && inMesh(before, meshName);
  const is = after !== null && inMesh(after, meshName);
  if (was !== is)
    return is ? `joins the mesh${asksForSidecars(after) ? " with sidecar injection" : ""}` : "leaves the mesh";
  if (!is || asksForSidecars(before) === asksForSidecars(after)) return null;
  return `turns sidecar injection ${asksForSidecars(after) ? "on" : "off"}`;
}
