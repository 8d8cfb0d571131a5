/** The environment and arguments of a container: values, references, the downward API and `$(VAR)`. Pure. */
import type { Pod } from "@/lib/kube/objects";
import type { ContainerSpec, EnvVar } from "./pod-spec";

export interface EnvSources {
  /** Decoded data of a Secret or ConfigMap of the pod's namespace; null when there is none. */
  readonly secret: (name: string) => Readonly<Record<string, string>> | null;
  readonly configMap: (name: string) => Readonly<Record<string, string>> | null;
}

export type EnvResult =
  | { readonly ok: true; readonly env: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly message: string };

/** `base` is what every container has. Later entries win; a missing reference that is not optional is a message. */
export function containerEnv(
  pod: Pod,
  container: ContainerSpec,
  base: Readonly<Record<string, string>>,
  sources: EnvSources,
): EnvResult {
  const env: Record<string, string> = { ...base };
  const missing = addFromMaps(env, container, sources);
  if (missing) return { ok: false, message: missing };
  for (const variable of container.env ?? []) {
    const value = variableValue(variable, pod, sources, env);
    if (value.message) return { ok: false, message: value.message };
    if (value.text !== null) env[variable.name] = value.text;
  }
  return { ok: true, env };
}

function addFromMaps(env: Record<string, string>, container: ContainerSpec, sources: EnvSources): string {
  for (const { prefix = "", configMapRef, secretRef } of container.envFrom ?? []) {
    const [ref, data, kind] = configMapRef
      ? [configMapRef, sources.configMap(configMapRef.name), "ConfigMap"]
      : secretRef
        ? [secretRef, sources.secret(secretRef.name), "Secret"]
        : [null, null, ""];
    if (!ref) continue;
    if (!data && !ref.optional) return `${kind} ${ref.name} does not exist.`;
    for (const [name, value] of Object.entries(data ?? {})) env[`${prefix}${name}`] = value;
  }
  return "";
}

type Value = { readonly text: string | null; readonly message?: string };

function variableValue(variable: EnvVar, pod: Pod, sources: EnvSources, env: Readonly<Record<string, string>>): Value {
  const from = variable.valueFrom;
  if (!from) return { text: expand(variable.value ?? "", env) };
  if (from.fieldRef) {
    const text = fieldValue(pod, from.fieldRef.fieldPath);
    return text === null
      ? { text, message: `${variable.name}: the field ${from.fieldRef.fieldPath} is not one that local mode knows.` }
      : { text };
  }
  const ref = from.secretKeyRef ?? from.configMapKeyRef;
  if (!ref) return { text: null, message: `${variable.name}: this kind of valueFrom is not supported by local mode.` };
  const kind = from.secretKeyRef ? "Secret" : "ConfigMap";
  const text = (from.secretKeyRef ? sources.secret(ref.name) : sources.configMap(ref.name))?.[ref.key] ?? null;
  if (text === null && !ref.optional) {
    return { text, message: `${variable.name}: ${kind} ${ref.name} has no key ${ref.key}.` };
  }
  return { text };
}

const KEYED = /^metadata\.(labels|annotations)\['([^']+)'\]$/;

function fieldValue(pod: Pod, path: string): string | null {
  const keyed = KEYED.exec(path);
  if (keyed?.[2]) {
    const map = keyed[1] === "labels" ? pod.metadata.labels : pod.metadata.annotations;
    return map?.[keyed[2]] ?? "";
  }
  const address = pod.status?.podIP ?? "";
  const known: Readonly<Record<string, string>> = {
    "metadata.name": pod.metadata.name,
    "metadata.namespace": pod.metadata.namespace ?? "default",
    "metadata.uid": pod.metadata.uid ?? "",
    "spec.nodeName": pod.spec?.nodeName ?? "",
    "spec.serviceAccountName": pod.spec?.serviceAccountName ?? "default",
    "status.podIP": address,
    "status.podIPs": address,
    "status.hostIP": "127.0.0.1",
    "status.hostIPs": "127.0.0.1",
  };
  return known[path] ?? null;
}

/** `$(NAME)` becomes the variable's value, is left as it stands when there is none, and `$$(NAME)` means `$(NAME)`. */
export function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^()\s]+)\)/g, (whole, name: string | undefined) =>
    name === undefined ? "$" : (env[name] ?? whole),
  );
}
