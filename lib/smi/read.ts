/** Any served version of an SMI object into its hub shape. */
import type { z } from "zod";
import { bodyOf, isRecord, type Json, placeOf, rulesFieldOf } from "./body";
import type { SmiKind, SmiMeta, SmiObject } from "./hub";
import { HttpBody, SplitBody, TargetBody, TcpBody } from "./schemas";
import { isSmiKind, SMI_RESOURCES, servedResource } from "./versions";

/** What is wrong with one field: its path inside the object and a phrase that follows it ("is required"). */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export type SmiReading =
  | { readonly ok: true; readonly value: SmiObject }
  | { readonly ok: false; readonly fields: readonly FieldError[] };

/** Never throws, whatever the JSON. Fields no SMI version knows are left to writeSmi, which takes them from the object. */
export function readSmi(object: unknown): SmiReading {
  if (!isRecord(object)) return refuse("", "must be an object");
  const { kind, apiVersion } = object;
  if (typeof kind !== "string" || !isSmiKind(kind)) {
    return refuse("kind", `must be one of ${Object.keys(SMI_RESOURCES).join(", ")}`);
  }
  if (servedResource(kind, apiVersion) === null) return refuse("apiVersion", versionsOf(kind));
  const meta = readMeta(kind, String(apiVersion), object);
  if (!meta.ok) return meta;
  return READERS[kind](meta.meta, object);
}

const READERS: Readonly<Record<SmiKind, (meta: SmiMeta, object: Json) => SmiReading>> = {
  TrafficSplit: (meta, object) =>
    parse(SplitBody, meta, object, (body) => ({
      ...meta,
      kind: "TrafficSplit",
      service: body.service,
      backends: body.backends.map(({ service, weight }) => ({ service, weight })),
      matches: body.matches.map((match) => match.name),
    })),

  TrafficTarget: (meta, object) =>
    parse(TargetBody, meta, object, (body) => {
      // SMI leaves a reference without a namespace undefined; as elsewhere in Kubernetes it is the object's own.
      const own = (ref: { kind: string; name: string; namespace?: string | null | undefined }) => ({
        kind: ref.kind,
        name: ref.name,
        namespace: ref.namespace || meta.namespace,
      });
      return {
        ...meta,
        kind: "TrafficTarget",
        destination: { ...own(body.destination), port: body.destination.port ?? null },
        rules: body.rules.map((rule) => ({ kind: rule.kind, name: rule.name, matches: rule.matches ?? null })),
        sources: body.sources.map(own),
      };
    }),

  HTTPRouteGroup: (meta, object) =>
    parse(HttpBody, meta, object, (body) => ({ ...meta, kind: "HTTPRouteGroup", matches: body.matches })),

  TCPRoute: (meta, object) =>
    parse(TcpBody, meta, object, (body) => ({ ...meta, kind: "TCPRoute", ports: body.matches })),
};

function parse<S extends z.ZodType>(
  schema: S,
  meta: SmiMeta,
  object: Json,
  toHub: (body: z.output<S>) => SmiObject,
): SmiReading {
  const place = placeOf(meta.kind, object);
  const body = bodyOf(object, place);
  const rulesField = rulesFieldOf(meta.apiVersion, body);
  const input = meta.kind === "TrafficTarget" ? { ...body, rules: body[rulesField] } : body;
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: toHub(result.data) };
  const fields = result.error.issues.map((issue) => {
    const path = issue.path[0] === "rules" ? [rulesField, ...issue.path.slice(1)] : issue.path;
    return { field: pathText(place === "spec" ? ["spec", ...path] : path), message: issue.message };
  });
  return { ok: false, fields };
}

type MetaReading =
  | { readonly ok: true; readonly meta: SmiMeta }
  | { readonly ok: false; readonly fields: readonly FieldError[] };

function readMeta(kind: SmiKind, apiVersion: string, object: Json): MetaReading {
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  const { name, namespace } = metadata;
  const fields: FieldError[] = [];
  if (typeof name !== "string" || name === "") fields.push({ field: "metadata.name", message: "is required" });
  if (typeof namespace !== "string" || namespace === "") {
    fields.push({ field: "metadata.namespace", message: "is required" });
  }
  if (typeof name !== "string" || typeof namespace !== "string" || fields.length > 0) return { ok: false, fields };
  const optional = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
  return {
    ok: true,
    meta: {
      kind,
      apiVersion,
      namespace,
      name,
      uid: optional(metadata.uid),
      resourceVersion: optional(metadata.resourceVersion),
      createdAt: optional(metadata.creationTimestamp),
    },
  };
}

function refuse(field: string, message: string): SmiReading {
  return { ok: false, fields: [{ field, message }] };
}

function versionsOf(kind: SmiKind): string {
  const { group, versions } = SMI_RESOURCES[kind];
  return `must be one of ${versions.map((version) => `${group}/${version}`).join(", ")}`;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}
