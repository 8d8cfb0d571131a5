/** Kubernetes manifests from files: read before anything starts, applied without undoing what a person changed since. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import { atomicWrite } from "@/server/platform/atomic-write";
import type { ClusterStore } from "./cluster";

export interface Manifest {
  readonly object: KubeObject;
  /** File it came from, for messages. */
  readonly file: string;
}

/** Reads files and folders of YAML or JSON. Throws an AppError that names the file and what is wrong with it. */
export function readManifests(paths: readonly string[]): Manifest[] {
  return paths.flatMap(filesOf).flatMap((file) => parse(file));
}

function filesOf(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .filter((name) => /\.(ya?ml|json)$/.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw bad(path, (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : String(error));
  }
}

function parse(file: string): Manifest[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw bad(file, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw bad(file, `it is no YAML: ${error.message.split("\n")[0]}`);
    const value: unknown = document.toJS();
    const objects = isList(value) ? value.items : value === null || value === undefined ? [] : [value];
    return objects.map((object) => ({ object: checked(object, file), file }));
  });
}

function isList(value: unknown): value is { items: unknown[] } {
  return value !== null && typeof value === "object" && "items" in value && Array.isArray(value.items);
}

function checked(value: unknown, file: string): KubeObject {
  const object = value as Partial<KubeObject> | null;
  if (typeof object?.apiVersion !== "string" || typeof object.kind !== "string" || !object.metadata?.name) {
    throw bad(file, "a document in it has no apiVersion, kind or metadata.name");
  }
  return object as KubeObject;
}

function bad(file: string, why: string): AppError {
  return new AppError("invalid_request", `The manifest ${file} cannot be used: ${why}.`, {
    hint: "Mend it or leave out -f.",
  });
}

export interface ApplyOptions {
  readonly store: ClusterStore;
  /** Remembers what was applied, so that objects which people changed or deleted since are left as they are. */
  readonly memory: AppliedMemory;
  /** Whether an object that is there already takes over what its manifest says now. */
  readonly update: boolean;
}

/**
 * Creates what was never applied to this data folder. With `update`, a manifest that changed since it was applied is
 * merged into the object; one that did not change never touches it.
 */
export async function applyManifests(manifests: readonly Manifest[], options: ApplyOptions): Promise<void> {
  const { memory } = options;
  for (const manifest of inOrder(manifests)) {
    const reference = referenceOf(manifest.object);
    const hash = createHash("sha256").update(JSON.stringify(manifest.object)).digest("hex");
    const before = memory.hashOf(reference);
    if (before === hash || (before !== null && !options.update)) continue;
    await applyOne(manifest, options);
    await memory.remember(reference, hash);
  }
}

async function applyOne({ object, file }: Manifest, { store, update }: ApplyOptions): Promise<void> {
  const resource = store.resourceOf(object.apiVersion, object.kind);
  if (!resource) throw bad(file, `there is no kind ${object.kind} in ${object.apiVersion}`);
  const namespace = resource.namespaced ? (object.metadata.namespace ?? "default") : undefined;
  const draft = { ...object, metadata: { ...object.metadata, ...(namespace ? { namespace } : {}) } };
  try {
    await store.create(resource, draft);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code !== "conflict")
      throw bad(file, `${object.kind} ${object.metadata.name} was refused (${error.message})`);
    if (update) await store.merge(resource, { namespace, name: object.metadata.name }, draft);
  }
}

/** Namespaces and definitions of kinds before what needs them; otherwise as written. */
function inOrder(manifests: readonly Manifest[]): Manifest[] {
  const rank = (kind: string) => ["Namespace", "CustomResourceDefinition", "ServiceAccount"].indexOf(kind) + 1 || 9;
  return [...manifests].sort((a, b) => rank(a.object.kind) - rank(b.object.kind));
}

function referenceOf({ apiVersion, kind, metadata }: KubeObject): string {
  return [apiVersion.split("/")[0], kind, metadata.namespace ?? "", metadata.name].join("/");
}

/** What was applied to a data folder: object to the hash of its manifest. */
export interface AppliedMemory {
  hashOf(reference: string): string | null;
  remember(reference: string, hash: string): Promise<void>;
}

export function openAppliedMemory(path: string): AppliedMemory {
  const known = new Map<string, string>(readMemory(path));
  return {
    hashOf: (reference) => known.get(reference) ?? null,
    async remember(reference, hash) {
      known.set(reference, hash);
      await atomicWrite(path, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
    },
  };
}

function readMemory(path: string): [string, string][] {
  try {
    return Object.entries(JSON.parse(readFileSync(path, "utf8")) as Record<string, string>);
  } catch {
    // The first start, or a file that was damaged: then objects that exist are found again when they are created.
    return [];
  }
}
