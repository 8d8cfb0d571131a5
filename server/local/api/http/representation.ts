/** Objects as text, each made once per form and shared by every answer and watch. */
import { asVersion, type Target } from "../cluster";
import type { JsonObject, Stored } from "../object";
import { apiVersionOf } from "../resource-type";

/** What a client asked to be sent. */
export interface Form {
  readonly sort: "object" | "table" | "metadata";
  /** What a table's rows carry of the object. */
  readonly include: "Metadata" | "Object" | "None";
  /** Version of meta.k8s.io for tables and metadata. */
  readonly metaVersion: "v1" | "v1beta1";
}

export const PLAIN: Form = { sort: "object", include: "Metadata", metaVersion: "v1" };

/** Reads an Accept header: the first form in it that this API has. Protobuf is answered in JSON, which clients accept beside it. */
export function formOf(accept: string, includeObject: string): Form {
  const include = includeObject === "Object" || includeObject === "None" ? includeObject : "Metadata";
  for (const part of accept.split(",")) {
    const [type = "", ...parameters] = part.trim().split(";");
    if (type !== "application/json" && type !== "*/*") continue;
    const values = new Map(parameters.map((one) => one.trim().split("=", 2) as [string, string]));
    const as = values.get("as") ?? "";
    const metaVersion = values.get("v") === "v1beta1" ? "v1beta1" : "v1";
    if (as === "") return PLAIN;
    if (values.get("g") !== "meta.k8s.io") continue;
    if (as === "Table") return { sort: "table", include, metaVersion };
    if (as.startsWith("PartialObjectMetadata")) return { sort: "metadata", include, metaVersion };
  }
  return PLAIN;
}

const texts = new WeakMap<Stored, Map<string, string>>();

function cached(object: Stored, key: string, make: () => string): string {
  let of = texts.get(object);
  if (of === undefined) {
    of = new Map();
    texts.set(object, of);
  }
  let text = of.get(key);
  if (text === undefined) {
    text = make();
    of.set(key, text);
  }
  return text;
}

/** The object itself, as it rests in the store. */
export function storedText(object: Stored): string {
  return cached(object, "", () => JSON.stringify(object));
}

function metadataOnly(object: Stored, metaVersion: string): JsonObject {
  return {
    kind: "PartialObjectMetadata",
    apiVersion: `meta.k8s.io/${metaVersion}`,
    metadata: object.metadata as unknown as JsonObject,
  };
}

/** One object in one form; a table's form is a table of one row. `heads`: with column definitions. */
export function objectText(target: Target, form: Form, object: Stored, now: Date, heads = true): string {
  const { type, version } = target;
  if (form.sort === "table")
    return tableText(target, form, [object], { now, heads, resourceVersion: object.metadata.resourceVersion ?? "" });
  if (form.sort === "metadata")
    return cached(object, `metadata ${form.metaVersion}`, () => JSON.stringify(metadataOnly(object, form.metaVersion)));
  const key = apiVersionOf(type, version.name);
  return object.apiVersion === key
    ? storedText(object)
    : cached(object, key, () => JSON.stringify(asVersion(type, version.name, object)));
}

/** A row. Its cells hold ages, so only the object in it is worth keeping. */
function rowText(target: Target, form: Form, object: Stored, now: Date): string {
  const cells = target.version.columns.map((column) => column.cell(object, now));
  if (form.include === "None") return `{"cells":${JSON.stringify(cells)}}`;
  const inner =
    form.include === "Object"
      ? objectText(target, PLAIN, object, now)
      : objectText(target, { ...form, sort: "metadata" }, object, now);
  return `{"cells":${JSON.stringify(cells)},"object":${inner}}`;
}

export interface TableOptions {
  readonly now: Date;
  readonly heads: boolean;
  readonly resourceVersion: string;
  readonly continueToken?: string;
  readonly remaining?: number;
}

export function tableText(target: Target, form: Form, objects: readonly Stored[], options: TableOptions): string {
  const heads = target.version.columns.map(({ name, type, format, description, priority }) => ({
    name,
    type,
    format,
    description,
    priority,
  }));
  const metadata = listMetadata(options);
  const rows = objects.map((object) => rowText(target, form, object, options.now)).join(",");
  return `{"kind":"Table","apiVersion":"meta.k8s.io/${form.metaVersion}","metadata":${JSON.stringify(metadata)},"columnDefinitions":${JSON.stringify(options.heads ? heads : [])},"rows":[${rows}]}`;
}

function listMetadata(options: Pick<TableOptions, "resourceVersion" | "continueToken" | "remaining">): JsonObject {
  return {
    resourceVersion: options.resourceVersion,
    ...(options.continueToken ? { continue: options.continueToken, remainingItemCount: options.remaining ?? 0 } : {}),
  };
}

export function listText(target: Target, form: Form, objects: readonly Stored[], options: TableOptions): string {
  if (form.sort === "table") return tableText(target, form, objects, options);
  const items = objects.map((object) => objectText(target, form, object, options.now)).join(",");
  const metadata = JSON.stringify(listMetadata(options));
  const partial = form.sort === "metadata";
  const kind = partial ? "PartialObjectMetadataList" : target.type.listKind;
  const apiVersion = partial ? `meta.k8s.io/${form.metaVersion}` : apiVersionOf(target.type, target.version.name);
  return `{"kind":${JSON.stringify(kind)},"apiVersion":${JSON.stringify(apiVersion)},"metadata":${metadata},"items":[${items}]}`;
}
