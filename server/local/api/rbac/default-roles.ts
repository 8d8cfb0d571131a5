/** The roles and bindings every cluster starts with, as far as this API has what they are about. */
import type { JsonObject } from "../object";

const READ = ["get", "list", "watch"];
const CHANGE = ["create", "delete", "deletecollection", "patch", "update"];
const GROUP = "rbac.authorization.k8s.io";

interface RuleText {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

function on(group: string, resources: string, verbs: readonly string[]): RuleText {
  return { apiGroups: [group], resources: resources.split(" "), verbs };
}

function paths(urls: string): RuleText {
  return { nonResourceURLs: urls.split(" "), verbs: ["get"] };
}

const EVERYTHING: readonly RuleText[] = [
  { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
  { nonResourceURLs: ["*"], verbs: ["*"] },
];

const VIEW: readonly RuleText[] = [
  on("", "configmaps endpoints pods serviceaccounts services services/status", READ),
  on("", "events namespaces namespaces/status pods/log pods/status", READ),
  on("discovery.k8s.io", "endpointslices", READ),
  on("apps", "deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status", READ),
];

const EDIT: readonly RuleText[] = [
  on("", "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy", READ),
  on("", "serviceaccounts", ["impersonate"]),
  on("", "pods pods/attach pods/exec pods/portforward pods/proxy", CHANGE),
  on("", "pods/eviction", ["create"]),
  on("", "configmaps endpoints events secrets serviceaccounts services services/proxy", CHANGE),
  on("", "serviceaccounts/token", ["create"]),
  on("apps", "deployments deployments/scale replicasets replicasets/scale", CHANGE),
  on("coordination.k8s.io", "leases", [...CHANGE, ...READ]),
];

const ADMIN: readonly RuleText[] = [
  on("authorization.k8s.io", "localsubjectaccessreviews", ["create"]),
  on(GROUP, "roles rolebindings", [...CHANGE, ...READ]),
];

const MAY_I: readonly RuleText[] = [
  on("authorization.k8s.io", "selfsubjectaccessreviews selfsubjectrulesreviews", ["create"]),
  on("authentication.k8s.io", "selfsubjectreviews", ["create"]),
];

const META = {
  labels: { "kubernetes.io/bootstrapping": "rbac-defaults" },
  annotations: { [`${GROUP}/autoupdate`]: "true" },
};

function metadata(name: string, labels: Readonly<Record<string, string>> = {}): JsonObject {
  return { name, labels: { ...META.labels, ...labels }, annotations: { ...META.annotations } };
}

function role(name: string, rules: readonly RuleText[], labels: Readonly<Record<string, string>> = {}): JsonObject {
  return structuredClone({ metadata: metadata(name, labels), rules }) as unknown as JsonObject;
}

const INTO = (name: string) => `${GROUP}/aggregate-to-${name}`;

/** A role made of all that carry its label. */
function sum(name: string, labels: Readonly<Record<string, string>> = {}): JsonObject {
  const clusterRoleSelectors = [{ matchLabels: { [INTO(name)]: "true" } }];
  return { metadata: metadata(name, labels), aggregationRule: { clusterRoleSelectors }, rules: [] };
}

function binding(name: string, groups: readonly string[]): JsonObject {
  return {
    metadata: metadata(name),
    roleRef: { apiGroup: GROUP, kind: "ClusterRole", name },
    subjects: groups.map((group) => ({ kind: "Group", apiGroup: GROUP, name: group })),
  };
}

/** ClusterRoles without apiVersion and kind. */
export function defaultClusterRoles(): JsonObject[] {
  return [
    role("cluster-admin", EVERYTHING),
    role("system:aggregate-to-admin", ADMIN, { [INTO("admin")]: "true" }),
    role("system:aggregate-to-edit", EDIT, { [INTO("edit")]: "true" }),
    role("system:aggregate-to-view", VIEW, { [INTO("view")]: "true" }),
    role("system:auth-delegator", [
      on("authentication.k8s.io", "tokenreviews", ["create"]),
      on("authorization.k8s.io", "subjectaccessreviews", ["create"]),
    ]),
    role("system:basic-user", MAY_I),
    role("system:discovery", [
      paths("/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/"),
    ]),
    role("system:public-info-viewer", [paths("/healthz /livez /readyz /version /version/")]),
    sum("admin"),
    sum("edit", { [INTO("admin")]: "true" }),
    sum("view", { [INTO("edit")]: "true" }),
  ];
}

/** ClusterRoleBindings without apiVersion and kind. */
export function defaultClusterRoleBindings(): JsonObject[] {
  return [
    binding("cluster-admin", ["system:masters"]),
    binding("system:basic-user", ["system:authenticated"]),
    binding("system:discovery", ["system:authenticated"]),
    binding("system:public-info-viewer", ["system:authenticated", "system:unauthenticated"]),
  ];
}
