/** Kubernetes objects as the YAML a person reads and edits: without what the API server alone sets. */
import { parseDocument, stringify } from "yaml";
import type { KubeObject } from "@/lib/kube/objects";

const SERVER_SET: readonly string[] = [
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "managedFields",
  "selfLink",
];

export function toYaml(object: KubeObject): string {
  return stringify(
    { ...object, metadata: metadataWhere(object, (name) => !SERVER_SET.includes(name)) },
    { lineWidth: 0 },
  );
}

export type YamlReading =
  | { readonly ok: true; readonly object: KubeObject }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** Reads what was typed about `of`, whose server-set fields it keeps. `line` counts from 1. */
export function fromYaml(text: string, of: KubeObject): YamlReading {
  const document = parseDocument(text);
  const error = document.errors[0];
  if (error) return { ok: false, line: error.linePos?.[0].line ?? 1, message: firstLine(error.message) };
  const value: unknown = document.toJS();
  if (!isObject(value)) return { ok: false, line: 1, message: "This is no Kubernetes object: it has no fields." };
  for (const field of ["apiVersion", "kind"]) {
    if (typeof value[field] !== "string") return { ok: false, line: 1, message: `${field} is missing.` };
  }
  if (!isObject(value.metadata) || typeof value.metadata.name !== "string") {
    return { ok: false, line: 1, message: "metadata.name is missing." };
  }
  const kept = metadataWhere(of, (name) => SERVER_SET.includes(name));
  return { ok: true, object: { ...value, metadata: { ...value.metadata, ...kept } } as unknown as KubeObject };
}

function metadataWhere({ metadata }: KubeObject, wanted: (name: string) => boolean): object {
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => wanted(name)));
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
