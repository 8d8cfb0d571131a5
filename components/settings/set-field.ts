import type { KubeObject } from "@/lib/kube/objects";

type Json = Readonly<Record<string, unknown>>;

/** The object with one field set, whatever else it carries kept; undefined takes the field out, and what is empty then. */
export function withField(object: KubeObject, path: readonly string[], value: unknown): KubeObject {
  return (put(object, path, value) ?? object) as KubeObject;
}

/** The field's value; undefined when it, or what it stands in, is not there. */
export function fieldOf(object: KubeObject, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), object);
}

function put(json: Json, [name, ...rest]: readonly string[], value: unknown): Json | undefined {
  if (name === undefined) return json;
  const inner = json[name];
  const next = rest.length === 0 ? value : put(isRecord(inner) ? inner : {}, rest, value);
  const { [name]: _, ...others } = json;
  if (next !== undefined) return Object.hasOwn(json, name) ? { ...json, [name]: next } : { ...others, [name]: next };
  return Object.keys(others).length > 0 ? others : undefined;
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
