/** The endpoints controller of local mode: keeps EndpointSlices and Endpoints in step with Services and Pods. */
import { AppError } from "@/lib/contract/errors";
import type { EndpointSlice, KubeObject, Pod, Service } from "@/lib/kube/objects";
import { type ClusterStore, ENDPOINT_SLICES, ENDPOINTS, PODS, type ResourceType, SERVICES } from "../cluster";
import { createWorkQueue } from "../work-queue";
import type { ControllerTools } from "./deployments";
import { endpointSlices, endpointsObject, MANAGED_BY } from "./endpoint-slices";

/** Starts it. Returns how to stop it. */
export async function runEndpointsController(tools: ControllerTools): Promise<() => Promise<void>> {
  const { store, log } = tools;
  const services = new Map<string, Service>();
  const pods = new Map<string, Pod>();
  const key = (object: KubeObject) => `${object.metadata.namespace}/${object.metadata.name}`;
  const queue = createWorkQueue(
    async (serviceKey) => {
      const service = services.get(serviceKey);
      if (service) await reconcile(store, service, [...pods.values()]);
    },
    (service, error) => log.warn({ event: "endpoints.failed", service, error: String(error) }, "will try again"),
  );
  const stops = [
    await store.watch(PODS, ({ type, object }) => {
      const before = pods.get(key(object));
      if (type === "DELETED") pods.delete(key(object));
      else pods.set(key(object), object as Pod);
      for (const service of services.values()) {
        if (service.metadata.namespace !== object.metadata.namespace) continue;
        if (selects(service, object) || (before && selects(service, before))) queue.add(key(service));
      }
    }),
    await store.watch(SERVICES, ({ type, object }) => {
      if (type === "DELETED") services.delete(key(object));
      else services.set(key(object), object as Service);
      // A deleted Service takes what it owns with it.
      if (type !== "DELETED" && (object as Service).spec?.selector) queue.add(key(object));
    }),
  ];
  return async () => {
    for (const stop of stops) stop();
    await queue.stop();
  };
}

function selects(service: Service, pod: KubeObject): boolean {
  const selector = Object.entries(service.spec?.selector ?? {});
  return selector.length > 0 && selector.every(([name, value]) => pod.metadata.labels?.[name] === value);
}

async function reconcile(store: ClusterStore, service: Service, pods: readonly Pod[]): Promise<void> {
  const namespace = service.metadata.namespace;
  const wanted = endpointSlices(service, pods);
  const current = (await store.list(ENDPOINT_SLICES, namespace)).filter(
    (slice) =>
      slice.metadata.labels?.["kubernetes.io/service-name"] === service.metadata.name &&
      slice.metadata.labels?.["endpointslice.kubernetes.io/managed-by"] === MANAGED_BY,
  ) as EndpointSlice[];
  for (const slice of wanted) {
    const before = current.find((one) => one.metadata.name === slice.metadata.name);
    await put(store, ENDPOINT_SLICES, slice, before, ["endpoints", "ports"]);
  }
  for (const slice of current) {
    if (wanted.some((one) => one.metadata.name === slice.metadata.name)) continue;
    await ignoreMissing(store.delete(ENDPOINT_SLICES, { namespace, name: slice.metadata.name }));
  }
  const endpoints = endpointsObject(service, wanted);
  const known = (await store.list(ENDPOINTS, namespace)).find((one) => one.metadata.name === service.metadata.name);
  await put(store, ENDPOINTS, endpoints, known, ["subsets"]);
}

async function put(
  store: ClusterStore,
  resource: ResourceType,
  object: { readonly metadata: { readonly namespace?: string; readonly name: string } },
  before: KubeObject | undefined,
  fields: readonly string[],
): Promise<void> {
  if (!before) {
    await store.create(resource, object);
    return;
  }
  const content = (of: object) => Object.fromEntries(Object.entries(of).filter(([name]) => fields.includes(name)));
  if (stable(content(object)) === stable(content(before))) return;
  await store.merge(resource, object.metadata, content(object));
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    field && typeof field === "object" && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => a.localeCompare(b)))
      : field,
  );
}

async function ignoreMissing(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === "not_found")) throw error;
  });
}
