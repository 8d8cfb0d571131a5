/** The embedded API's in-process face as the ClusterStore that the runner and the controllers work against. */
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import type { KubeStore } from "./api/server";
import type { ClusterStore, ResourceType } from "./cluster";

interface Kind {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Built-in kinds that manifests may hold. */
const BUILT_IN: Readonly<Record<string, Kind>> = {
  "v1/Namespace": { plural: "namespaces", namespaced: false },
  "v1/Pod": { plural: "pods", namespaced: true },
  "v1/Service": { plural: "services", namespaced: true },
  "v1/ServiceAccount": { plural: "serviceaccounts", namespaced: true },
  "v1/Secret": { plural: "secrets", namespaced: true },
  "v1/ConfigMap": { plural: "configmaps", namespaced: true },
  "v1/Endpoints": { plural: "endpoints", namespaced: true },
  "apps/v1/Deployment": { plural: "deployments", namespaced: true },
  "discovery.k8s.io/v1/EndpointSlice": { plural: "endpointslices", namespaced: true },
  "apiextensions.k8s.io/v1/CustomResourceDefinition": { plural: "customresourcedefinitions", namespaced: false },
  "admissionregistration.k8s.io/v1/MutatingWebhookConfiguration": {
    plural: "mutatingwebhookconfigurations",
    namespaced: false,
  },
  "admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration": {
    plural: "validatingwebhookconfigurations",
    namespaced: false,
  },
};

const DEFINITIONS: ResourceType = { group: "apiextensions.k8s.io", version: "v1", plural: "customresourcedefinitions" };

interface Definition extends KubeObject {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

export function createKubeCluster(store: KubeStore): ClusterStore {
  return {
    list: async (resource, namespace) => store.list(resource, { namespace }).items,
    get: async (resource, name) => store.get(resource, name),
    create: (resource, object) => store.create(resource, object),
    merge: (resource, name, body, subresource) => store.patch(resource, name, { type: "merge", body }, { subresource }),
    delete: async (resource, name, { gracePeriodSeconds, uid } = {}) => {
      await store.delete(resource, name, {
        ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
        ...(uid === undefined ? {} : { uid }),
      });
    },
    resourceOf(apiVersion, kind) {
      const known = BUILT_IN[`${apiVersion}/${kind}`];
      const slash = apiVersion.indexOf("/");
      const group = slash < 0 ? "" : apiVersion.slice(0, slash);
      const version = apiVersion.slice(slash + 1);
      return known ? { group, version, ...known } : customResource(store, { group, version, kind });
    },
    watch: async (resource, onEvent) => store.watch(resource, {}, onEvent),
  };
}

function customResource(store: KubeStore, wanted: { group: string; version: string; kind: string }) {
  const definitions = store.list(DEFINITIONS).items as readonly Definition[];
  const found = definitions.find(({ spec }) => spec.group === wanted.group && spec.names.kind === wanted.kind);
  if (!found) return null;
  const { scope, names, versions } = found.spec;
  if (!versions.some((one) => one.served && one.name === wanted.version)) {
    const served = versions.filter((one) => one.served).map((one) => one.name);
    throw new AppError("unprocessable", `${wanted.kind} is not served in ${wanted.group}/${wanted.version}`, {
      hint: `Use ${served.join(", ")}.`,
    });
  }
  return { group: wanted.group, version: wanted.version, plural: names.plural, namespaced: scope === "Namespaced" };
}
