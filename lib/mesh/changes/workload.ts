/** Deployments and Services: what runs, how often, and where it answers. */
import { RESTARTED_AT_ANNOTATION } from "@/lib/kube/names";
import type { KubeObject } from "@/lib/kube/objects";
import { type Json, record, records, text } from "../shape";
import { gainsAndLosses, listed, moved, sameJson } from "./words";

export function describeDeployment(object: KubeObject): string {
  const count = replicas(object);
  return `runs ${listed(images(object).map(({ image }) => image))} in ${count} ${count === "1" ? "replica" : "replicas"}`;
}

/** null when neither the pods' template nor their number differs. */
export function deploymentChange(before: KubeObject, after: KubeObject): string | null {
  const parts = templateChange(before, after);
  if (replicas(before) !== replicas(after)) parts.push(`scales ${moved(replicas(before), replicas(after))}`);
  return parts.length > 0 ? parts.join("; ") : null;
}

export function describeService(object: KubeObject): string {
  return `answers on ${portTexts(object).length === 1 ? "port" : "ports"} ${listed(portTexts(object)) || "none"} for ${selector(object) || "no pods of its own"}`;
}

/** null when neither selector nor ports differ. */
export function serviceChange(before: KubeObject, after: KubeObject): string | null {
  const ports = gainsAndLosses(portTexts(before), portTexts(after), "port");
  const selects = selector(before) === selector(after) ? [] : [`selector ${moved(selector(before), selector(after))}`];
  const parts = [...selects, ...ports];
  return parts.length > 0 ? parts.join("; ") : null;
}

function templateChange(before: KubeObject, after: KubeObject): string[] {
  const [old, next] = [template(before), template(after)];
  if (sameJson(old, next)) return [];
  const known = new Map(images(before).map(({ name, image }) => [name, image]));
  const parts = images(after).flatMap(({ name, image }) => {
    const was = known.get(name);
    return was !== undefined && was !== image ? [`image of ${name} ${moved(was, image)}`] : [];
  });
  for (const container of containers(next)) {
    const was = containers(old).find(({ name }) => name === container.name);
    const names = changedEnv(records(was?.env), records(container.env));
    // Names only: values may be secrets.
    if (was && names.length > 0) parts.push(`environment ${listed(names)} of ${String(container.name)}`);
  }
  if (parts.length > 0) return parts;
  const restarted = (of: Json) => record(record(of.metadata).annotations)[RESTARTED_AT_ANNOTATION];
  return [restarted(old) === restarted(next) ? "changes its pods' template" : "restarts its pods"];
}

function changedEnv(before: readonly Json[], after: readonly Json[]): string[] {
  const names = new Set([...before, ...after].flatMap(({ name }) => text(name) ?? []));
  const of = (list: readonly Json[], name: string) => list.find((entry) => entry.name === name);
  return [...names].filter((name) => !sameJson(of(before, name), of(after, name)));
}

function template(object: KubeObject): Json {
  return record(record(object.spec).template);
}

function containers(of: Json): readonly Json[] {
  return records(record(of.spec).containers);
}

function images(object: KubeObject): { readonly name: string; readonly image: string }[] {
  return containers(template(object)).map(({ name, image }) => ({
    name: text(name) ?? "",
    image: text(image) ?? "no image",
  }));
}

/** Kubernetes's default is 1. */
function replicas(object: KubeObject): string {
  const { replicas: count } = record(object.spec);
  return typeof count === "number" ? String(count) : "1";
}

function selector(object: KubeObject): string {
  const pairs = Object.entries(record(record(object.spec).selector));
  return pairs
    .map(([name, value]) => `${name}=${String(value)}`)
    .sort()
    .join(", ");
}

function portTexts(object: KubeObject): string[] {
  return records(record(object.spec).ports).map(({ port, targetPort, protocol }) => {
    const to = targetPort === undefined || targetPort === port ? "" : ` to ${String(targetPort)}`;
    return `${String(port)}${to}${protocol === undefined || protocol === "TCP" ? "" : ` ${String(protocol)}`}`;
  });
}
