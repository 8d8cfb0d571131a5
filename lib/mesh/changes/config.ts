/** MeshConfig: each setting by the name an operator knows it under, else by its path. */

import type { KubeObject } from "@/lib/kube/objects";
import { isRecord } from "@/lib/smi/body";
import { listed, moved } from "./words";

const NAMES: Readonly<Record<string, string>> = {
  "traffic.enablePermissiveTrafficPolicyMode": "permissive policy",
  "certificate.serviceCertValidityDuration": "certificate validity",
  "sidecar.logLevel": "sidecar log level",
  "sidecar.envoyImage": "sidecar image",
};

export function describeConfig(object: KubeObject): string {
  const values = leaves(object.spec);
  const known = Object.entries(NAMES).flatMap(([path, name]) => {
    const value = values.get(path);
    return value === undefined ? [] : [`${name} ${value}`];
  });
  return known.length > 0 ? `sets ${listed(known)}` : "leaves every setting at its default";
}

/** null when no setting differs. */
export function configChange(before: KubeObject, after: KubeObject): string | null {
  const [old, next] = [leaves(before.spec), leaves(after.spec)];
  const parts = [...new Set([...old.keys(), ...next.keys()])]
    .filter((path) => old.get(path) !== next.get(path))
    .map((path) => `${NAMES[path] ?? path} ${moved(old.get(path) ?? "", next.get(path) ?? "")}`);
  return parts.length > 0 ? listed(parts) : null;
}

/** Every value by its path; switches read on and off. */
function leaves(value: unknown, path = "", found = new Map<string, string>()): ReadonlyMap<string, string> {
  if (isRecord(value)) {
    for (const [name, part] of Object.entries(value)) leaves(part, path === "" ? name : `${path}.${name}`, found);
  } else if (value !== undefined && value !== null && path !== "") {
    found.set(path, typeof value === "boolean" ? (value ? "on" : "off") : textOf(value));
  }
  return found;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
