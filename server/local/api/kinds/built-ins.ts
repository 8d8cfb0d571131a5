/** The kinds this API serves without a definition. */
import { definitionBehaviour, fillDefinition } from "../crd/definition";
import type { JsonObject, Stored } from "../object";
import type { Behaviour, ResourceType, ScalePaths } from "../resource-type";
import { builtInColumns } from "./built-in-columns";
import { builtInShape } from "./built-in-shape";
import {
  configMapBehaviour,
  endpointSliceBehaviour,
  endpointsBehaviour,
  eventBehaviour,
  fillEndpointSlice,
  fillEndpoints,
  fillSecret,
  fillWebhooks,
  leaseBehaviour,
  namespaceBehaviour,
  nodeBehaviour,
  secretBehaviour,
  serviceAccountBehaviour,
  webhookConfigurationBehaviour,
} from "./other-kinds";
import { fillPod, podBehaviour } from "./pod";
import {
  bindingBehaviour,
  clusterRoleBehaviour,
  clusterRoleBindingBehaviour,
  fillBinding,
  roleBehaviour,
} from "./roles";
import { fillService, serviceBehaviour } from "./service";
import { fillDeployment, fillReplicaSet, WORKLOAD_SCALE, workloadBehaviour } from "./workloads";

interface BuiltIn {
  readonly typeName: string;
  readonly group: string;
  readonly plural: string;
  readonly short?: string;
  readonly namespaced?: boolean;
  readonly all?: boolean;
  readonly status?: boolean;
  readonly scale?: ScalePaths;
  readonly behaviour: Behaviour;
  readonly fill?: (draft: JsonObject) => void;
}

function nothing(): void {}

function build(one: BuiltIn): ResourceType {
  const kind = one.typeName.slice(one.typeName.lastIndexOf(".") + 1);
  return {
    group: one.group,
    plural: one.plural,
    kind,
    listKind: `${kind}List`,
    singular: kind.toLowerCase(),
    shortNames: one.short === undefined ? [] : one.short.split(","),
    categories: one.all === true ? ["all"] : [],
    namespaced: one.namespaced ?? true,
    storageVersion: "v1",
    behaviour: one.behaviour,
    custom: false,
    typeName: one.typeName,
    versions: [
      {
        name: "v1",
        shape: builtInShape(one.typeName, one.fill ?? nothing),
        columns: builtInColumns(kind),
        hasStatus: one.status ?? false,
        scale: one.scale ?? null,
        deprecation: null,
      },
    ],
  };
}

const WEBHOOKS = {
  group: "admissionregistration.k8s.io",
  namespaced: false,
  behaviour: webhookConfigurationBehaviour,
  fill: fillWebhooks,
} as const;
const WORKLOADS = {
  group: "apps",
  all: true,
  status: true,
  scale: WORKLOAD_SCALE,
  behaviour: workloadBehaviour,
} as const;

const ROLES = { group: "rbac.authorization.k8s.io" } as const;

/** All of them. `services` lists the Services there are, `clock` is now. */
export function builtIns(services: () => Iterable<Stored>, clock: () => Date): ResourceType[] {
  const core = { group: "" } as const;
  const list: BuiltIn[] = [
    {
      ...core,
      typeName: "core.v1.Namespace",
      plural: "namespaces",
      short: "ns",
      namespaced: false,
      status: true,
      behaviour: namespaceBehaviour,
    },
    {
      ...core,
      typeName: "core.v1.Node",
      plural: "nodes",
      short: "no",
      namespaced: false,
      status: true,
      behaviour: nodeBehaviour,
    },
    {
      ...core,
      typeName: "core.v1.Pod",
      plural: "pods",
      short: "po",
      all: true,
      status: true,
      behaviour: podBehaviour,
      fill: fillPod,
    },
    {
      ...core,
      typeName: "core.v1.Service",
      plural: "services",
      short: "svc",
      all: true,
      status: true,
      behaviour: serviceBehaviour(services),
      fill: fillService,
    },
    {
      ...core,
      typeName: "core.v1.ServiceAccount",
      plural: "serviceaccounts",
      short: "sa",
      behaviour: serviceAccountBehaviour,
    },
    { ...core, typeName: "core.v1.Secret", plural: "secrets", behaviour: secretBehaviour, fill: fillSecret },
    { ...core, typeName: "core.v1.ConfigMap", plural: "configmaps", short: "cm", behaviour: configMapBehaviour },
    { ...core, typeName: "core.v1.Event", plural: "events", short: "ev", behaviour: eventBehaviour },
    {
      ...core,
      typeName: "core.v1.Endpoints",
      plural: "endpoints",
      short: "ep",
      behaviour: endpointsBehaviour,
      fill: fillEndpoints,
    },
    { ...WORKLOADS, typeName: "apps.v1.Deployment", plural: "deployments", short: "deploy", fill: fillDeployment },
    { ...WORKLOADS, typeName: "apps.v1.ReplicaSet", plural: "replicasets", short: "rs", fill: fillReplicaSet },
    {
      group: "discovery.k8s.io",
      typeName: "discovery.v1.EndpointSlice",
      plural: "endpointslices",
      behaviour: endpointSliceBehaviour,
      fill: fillEndpointSlice,
    },
    { group: "coordination.k8s.io", typeName: "coordination.v1.Lease", plural: "leases", behaviour: leaseBehaviour },
    {
      ...WEBHOOKS,
      typeName: "admissionregistration.v1.MutatingWebhookConfiguration",
      plural: "mutatingwebhookconfigurations",
    },
    {
      ...WEBHOOKS,
      typeName: "admissionregistration.v1.ValidatingWebhookConfiguration",
      plural: "validatingwebhookconfigurations",
    },
    { ...ROLES, typeName: "rbac.v1.Role", plural: "roles", behaviour: roleBehaviour },
    {
      ...ROLES,
      typeName: "rbac.v1.RoleBinding",
      plural: "rolebindings",
      behaviour: bindingBehaviour,
      fill: fillBinding,
    },
    {
      ...ROLES,
      typeName: "rbac.v1.ClusterRole",
      plural: "clusterroles",
      namespaced: false,
      behaviour: clusterRoleBehaviour,
    },
    {
      ...ROLES,
      typeName: "rbac.v1.ClusterRoleBinding",
      plural: "clusterrolebindings",
      namespaced: false,
      behaviour: clusterRoleBindingBehaviour,
      fill: fillBinding,
    },
    {
      group: "apiextensions.k8s.io",
      typeName: "apiextensions.v1.CustomResourceDefinition",
      plural: "customresourcedefinitions",
      short: "crd,crds",
      namespaced: false,
      status: true,
      behaviour: definitionBehaviour(clock),
      fill: fillDefinition,
    },
  ];
  return list.map(build);
}
