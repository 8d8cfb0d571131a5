import { AppError } from "@/lib/contract/errors";
import { MESH_CONFIG_NAME } from "@/lib/kube/names";
import type { EndpointSlice, KubeObject, Namespace, Pod, Service, ServiceAccount } from "@/lib/kube/objects";
import type { MeshObjects } from "@/lib/mesh/input";
import { SMI_RESOURCES, type SmiResource } from "@/lib/smi/versions";
import type { KubeClient } from "./client";
import { PermittedReflector } from "./permitted-reflector";
import { type ObjectChange, Reflector, type ReflectorOptions, type ReflectorState } from "./reflector";
import * as resources from "./resource";
import type { Rights } from "./rights";
import { inStoredVersion } from "./stored-version";

export interface MeshWatchOptions {
  /** Namespace of the MeshConfig. */
  readonly controlNamespace: string;
  /** For a user whose rights may not reach everything: what may be seen is, the rest is empty. */
  readonly permissions?: { readonly rights: Rights; readonly namespaces: readonly string[] };
  readonly log?: { warn(fields: object, message: string): void };
  /** Each change of what people write: policy, settings, namespaces, Services, Deployments; not of Pods and what follows them. */
  readonly onObject?: (change: ObjectChange) => void;
}

/** Everything a mesh is made of, kept current. The controller and the dashboard each hold one. */
export interface MeshWatch {
  /** Frozen; the same reference while nothing of it changed. SMI objects carry the version they were written in. */
  objects(): MeshObjects;
  /** The MeshConfig of this mesh; null when there is none. */
  meshConfig(): KubeObject | null;
  deployments(): readonly KubeObject[];
  /** Every kind was listed once. A kind the API does not serve counts as listed. */
  whenSynced(): Promise<void>;
  /** 0 while every watch is connected; else seconds since the watch that is worst off last heard from the API. */
  staleSeconds(): number;
  parts(): readonly ReflectorState[];
  stop(): void;
}

/** Policy is what somebody wrote: it does not make us ask about any number of namespaces. */
const NAMED_LIMIT = 200;

/** Starts watching. `onChange` is called for every change, many times in a row if there are many: gather them. */
export function watchMesh(
  client: Pick<KubeClient, "list" | "watch" | "servedVersions">,
  options: MeshWatchOptions,
  onChange: () => void,
): MeshWatch {
  const startedAt = Date.now();
  let current: MeshObjects | null = null;
  const common = { client, ...(options.log ? { log: options.log } : {}) };
  const meshChanged = () => {
    current = null;
    onChange();
  };
  const { onObject } = options;
  const { permissions } = options;
  const namespaces = async () => {
    await watches.namespaces.whenSynced();
    const listed = watches.namespaces.objects().map(({ metadata }) => metadata.name);
    const named = listed.length > 0 ? listed : namespacesInPolicy(watches.trafficTargets.objects());
    return [...new Set([...named, ...(permissions?.namespaces ?? [])])];
  };
  type About = Omit<ReflectorOptions, "client" | "log" | "name">;
  const reflect = (kind: resources.Resource, about: Partial<About> = {}): Reflector | PermittedReflector => {
    const name = resources.resourceName(kind);
    const options = { ...common, resource: kind, name, onChange: meshChanged, ...about };
    if (!permissions) return new Reflector(options);
    const mayWatch = (namespace: string) => permissions.rights.mayWatch(kind, namespace);
    return new PermittedReflector(options, { mayWatch, namespaces });
  };
  const smi = (resource: SmiResource): Reflector | PermittedReflector =>
    reflect(
      { group: resource.group, version: resource.storage, plural: resource.plural },
      { resource: (signal) => served(client, resource, signal), keep: inStoredVersion, onObject },
    );
  const watches = {
    namespaces: reflect(resources.NAMESPACES, { onObject }),
    services: reflect(resources.SERVICES, { onObject }),
    pods: reflect(resources.PODS),
    endpointSlices: reflect(resources.ENDPOINT_SLICES),
    serviceAccounts: reflect(resources.SERVICE_ACCOUNTS),
    trafficSplits: smi(SMI_RESOURCES.TrafficSplit),
    trafficTargets: smi(SMI_RESOURCES.TrafficTarget),
    httpRouteGroups: smi(SMI_RESOURCES.HTTPRouteGroup),
    tcpRoutes: smi(SMI_RESOURCES.TCPRoute),
  };
  const deployments = reflect(resources.DEPLOYMENTS, { onChange, onObject });
  const meshConfigs = reflect(resources.MESH_CONFIGS, { namespace: options.controlNamespace, onChange, onObject });
  const all = [...Object.values(watches), deployments, meshConfigs];
  for (const reflector of all) void reflector.start();

  return {
    objects() {
      current ??= Object.freeze({
        namespaces: watches.namespaces.objects() as readonly Namespace[],
        services: watches.services.objects() as readonly Service[],
        pods: watches.pods.objects() as readonly Pod[],
        endpointSlices: watches.endpointSlices.objects() as readonly EndpointSlice[],
        serviceAccounts: watches.serviceAccounts.objects() as readonly ServiceAccount[],
        trafficSplits: watches.trafficSplits.objects(),
        trafficTargets: watches.trafficTargets.objects(),
        httpRouteGroups: watches.httpRouteGroups.objects(),
        tcpRoutes: watches.tcpRoutes.objects(),
      });
      return current;
    },
    meshConfig: () => meshConfigs.objects().find((config) => config.metadata.name === MESH_CONFIG_NAME) ?? null,
    deployments: () => deployments.objects(),
    whenSynced: async () => {
      await Promise.all(all.map((reflector) => reflector.whenSynced()));
    },
    staleSeconds: () => Math.max(...all.map((reflector) => staleSeconds(reflector.state(), startedAt))),
    parts: () => all.map((reflector) => reflector.state()),
    stop() {
      for (const reflector of all) reflector.stop();
    },
  };
}

/** Where the callers and servers of the policy live that may be read: all there is to go by when namespaces may not be listed. */
function namespacesInPolicy(targets: readonly KubeObject[]): readonly string[] {
  const places = targets.flatMap(({ spec }) => {
    const { sources = [], destination } = (spec ?? {}) as {
      readonly sources?: readonly { readonly namespace?: unknown }[];
      readonly destination?: { readonly namespace?: unknown };
    };
    return [...sources, destination].map((place) => place?.namespace);
  });
  const names = places.filter((name) => typeof name === "string" && name !== "") as string[];
  return [...new Set(names)].slice(0, NAMED_LIMIT);
}

/** A connected watch knows all there is. Between two watches of a healthy API a moment passes: that is not staleness. */
function staleSeconds(state: ReflectorState, startedAt: number): number {
  if (state.connected || (state.error === null && state.synced)) return 0;
  return Math.round((Date.now() - (state.lastGoodAt ?? startedAt)) / 1000);
}

/** Storage version if the API serves it, else the API's preferred one that Meshdeck can read. `not_found` if none. */
async function served(
  client: Pick<KubeClient, "servedVersions">,
  resource: SmiResource,
  signal: AbortSignal,
): Promise<resources.Resource> {
  const { group, plural } = resource;
  const versions = await client.servedVersions(group, signal);
  const version = [resource.storage, ...versions].find((v) => versions.includes(v) && resource.versions.includes(v));
  if (version) return { group, version, plural };
  throw new AppError("not_found", `The Kubernetes API does not serve ${plural}.${group} in a version Meshdeck reads.`, {
    hint: `Apply the SMI custom resource definitions; Meshdeck reads ${resource.versions.join(", ")}.`,
  });
}
