/** What kinds there are: the aggregated documents kubectl reads in two requests, and the older ones per group. */

import type { JsonObject } from "../object";
import type { Registry } from "../registry";
import type { ResourceType, ServedVersion } from "../resource-type";

const VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
const STATUS_VERBS = ["get", "patch", "update"];

/** Kinds that are asked, never stored. */
export const REVIEWS: readonly { group: string; plural: string; kind: string; namespaced: boolean }[] = [
  {
    group: "authorization.k8s.io",
    plural: "localsubjectaccessreviews",
    kind: "LocalSubjectAccessReview",
    namespaced: true,
  },
  {
    group: "authorization.k8s.io",
    plural: "selfsubjectaccessreviews",
    kind: "SelfSubjectAccessReview",
    namespaced: false,
  },
  {
    group: "authorization.k8s.io",
    plural: "selfsubjectrulesreviews",
    kind: "SelfSubjectRulesReview",
    namespaced: false,
  },
  { group: "authorization.k8s.io", plural: "subjectaccessreviews", kind: "SubjectAccessReview", namespaced: false },
  { group: "authentication.k8s.io", plural: "selfsubjectreviews", kind: "SelfSubjectReview", namespaced: false },
  { group: "authentication.k8s.io", plural: "tokenreviews", kind: "TokenReview", namespaced: false },
];

interface Sub {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly verbs: readonly string[];
}

function subresources(type: ResourceType, version: ServedVersion): Sub[] {
  const own = { group: type.group, version: version.name, kind: type.kind };
  const found: Sub[] = [];
  if (version.hasStatus) found.push({ ...own, name: "status", verbs: STATUS_VERBS });
  if (version.scale !== null)
    found.push({ group: "autoscaling", version: "v1", kind: "Scale", name: "scale", verbs: STATUS_VERBS });
  if (type.group === "" && type.plural === "pods") {
    found.push(
      { ...own, name: "log", verbs: ["get"] },
      { group: "policy", version: "v1", kind: "Eviction", name: "eviction", verbs: ["create"] },
    );
  }
  if (type.group === "" && type.plural === "serviceaccounts") {
    const group = "authentication.k8s.io";
    found.push({ group, version: "v1", kind: "TokenRequest", name: "token", verbs: ["create"] });
  }
  if (type.group === "" && type.plural === "namespaces") found.push({ ...own, name: "finalize", verbs: ["update"] });
  return found;
}

function byGroup(registry: Registry): Map<string, ResourceType[]> {
  const groups = new Map<string, ResourceType[]>([["", []]]);
  for (const type of registry.all()) {
    if (type.versions.length > 0) groups.set(type.group, [...(groups.get(type.group) ?? []), type]);
  }
  for (const { group } of REVIEWS) if (!groups.has(group)) groups.set(group, []);
  return groups;
}

/** Versions of a group, the most preferred first. */
function versionsOf(types: readonly ResourceType[]): string[] {
  const names = new Set(types.flatMap((type) => type.versions.map((version) => version.name)));
  return names.size === 0 ? ["v1"] : [...names];
}

/** The groups and their versions, in the order clients should prefer them. */
export function groupVersions(registry: Registry): { group: string; versions: readonly string[] }[] {
  return [...byGroup(registry)].map(([group, types]) => ({ group, versions: versionsOf(types) }));
}

function optional(field: string, values: readonly string[]): JsonObject {
  return values.length === 0 ? {} : { [field]: [...values] };
}

function aggregatedResource(type: ResourceType, version: ServedVersion): JsonObject {
  const subs = subresources(type, version).map((sub) => ({
    subresource: sub.name,
    responseKind: { group: sub.group, version: sub.version, kind: sub.kind },
    verbs: [...sub.verbs],
  }));
  return {
    resource: type.plural,
    responseKind: { group: type.group, version: version.name, kind: type.kind },
    scope: type.namespaced ? "Namespaced" : "Cluster",
    singularResource: type.singular,
    verbs: VERBS,
    ...optional("shortNames", type.shortNames),
    ...optional("categories", type.categories),
    ...(subs.length === 0 ? {} : { subresources: subs }),
  };
}

function aggregatedReview(review: (typeof REVIEWS)[number]): JsonObject {
  return {
    resource: review.plural,
    responseKind: { group: review.group, version: "v1", kind: review.kind },
    scope: review.namespaced ? "Namespaced" : "Cluster",
    singularResource: review.kind.toLowerCase(),
    verbs: ["create"],
  };
}

function servedAt(type: ResourceType, version: string): { type: ResourceType; version: ServedVersion }[] {
  const found = type.versions.find((one) => one.name === version);
  return found === undefined ? [] : [{ type, version: found }];
}

/** `/api` (core) or `/apis` (the others) in one document. `v` is the version of apidiscovery.k8s.io. */
export function aggregatedDiscovery(registry: Registry, core: boolean, v: "v2" | "v2beta1"): JsonObject {
  const items = [...byGroup(registry)]
    .filter(([group]) => (group === "") === core)
    .map(([group, types]) => ({
      metadata: { ...(core ? {} : { name: group }), creationTimestamp: null },
      versions: versionsOf(types).map((version) => ({
        version,
        freshness: "Current",
        resources: [
          ...types.flatMap((type) => servedAt(type, version)).map((one) => aggregatedResource(one.type, one.version)),
          ...REVIEWS.filter((review) => review.group === group).map(aggregatedReview),
        ],
      })),
    }));
  return { kind: "APIGroupDiscoveryList", apiVersion: `apidiscovery.k8s.io/${v}`, metadata: {}, items };
}

function groupDocument(group: string, versions: readonly string[]): JsonObject {
  const all = versions.map((version) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions: all, preferredVersion: all[0] ?? {} };
}

/** `/apis` of clients that do not aggregate. */
export function groupList(registry: Registry): JsonObject {
  const groups = groupVersions(registry).filter(({ group }) => group !== "");
  return {
    kind: "APIGroupList",
    apiVersion: "v1",
    groups: groups.map(({ group, versions }) => groupDocument(group, versions)),
  };
}

/** `/apis/GROUP`; null for a group there is not. */
export function oneGroup(registry: Registry, name: string): JsonObject | null {
  const found = groupVersions(registry).find(({ group }) => group === name && group !== "");
  return found === undefined
    ? null
    : { kind: "APIGroup", apiVersion: "v1", ...groupDocument(found.group, found.versions) };
}

function legacyResources(type: ResourceType, version: ServedVersion): JsonObject[] {
  const whole: JsonObject = {
    name: type.plural,
    singularName: type.singular,
    namespaced: type.namespaced,
    kind: type.kind,
    verbs: VERBS,
    ...optional("shortNames", type.shortNames),
    ...optional("categories", type.categories),
  };
  const subs = subresources(type, version).map((sub) => ({
    name: `${type.plural}/${sub.name}`,
    singularName: "",
    namespaced: type.namespaced,
    kind: sub.kind,
    verbs: [...sub.verbs],
    ...(sub.group === type.group ? {} : { group: sub.group, version: sub.version }),
  }));
  return [whole, ...subs];
}

/** `/api/v1` or `/apis/GROUP/VERSION`; null for a version there is not. */
export function resourceList(registry: Registry, group: string, version: string): JsonObject | null {
  const found = groupVersions(registry).find((one) => one.group === group);
  if (found === undefined || !found.versions.includes(version)) return null;
  const types = byGroup(registry).get(group) ?? [];
  const resources = [
    ...types.flatMap((type) => servedAt(type, version)).flatMap((one) => legacyResources(one.type, one.version)),
    ...REVIEWS.filter((review) => review.group === group).map((review) => ({
      name: review.plural,
      singularName: review.kind.toLowerCase(),
      namespaced: review.namespaced,
      kind: review.kind,
      verbs: ["create"],
    })),
  ];
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion: group === "" ? version : `${group}/${version}`,
    resources,
  };
}
