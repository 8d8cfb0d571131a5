/** A generated mesh in an embedded Kubernetes API, its pods running, with calls and refused calls in an embedded store. */
import type { KubeObject } from "@/lib/kube/objects";
import { DENIED_REQUESTS, ENVOY_REQUESTS_BY_CLASS } from "@/lib/metrics/names";
import type { MetricStore } from "@/server/metrics/embedded/store";
import { generateMesh } from "../bench/generate-mesh";
import { type DemoApi, startDemoApi } from "./demo-api";

const IMAGE = "shop/app:1";

/** As generateMesh names them: service `i` may call the five that follow it, every tenth does, service 7 is refused by service 20, and the ninth before the last by service 15. */
export async function startLargeMesh(services: number): Promise<DemoApi> {
  const objects = generateMesh({ services, podsPerService: 1, callsPerService: 5 });
  const api = await startDemoApi({ empty: true });
  const create = async (group: string, version: string, plural: string, list: readonly KubeObject[]) => {
    const made: KubeObject[] = [];
    for (const object of list) made.push(await api.store.create({ group, version, plural }, structuredClone(object)));
    return made;
  };
  await create("", "v1", "namespaces", objects.namespaces);
  await create("", "v1", "serviceaccounts", objects.serviceAccounts);
  await create("", "v1", "services", objects.services);
  // Pods whose ReplicaSet is not there would be taken for left over, and deleted.
  const sets = await create("apps", "v1", "replicasets", objects.pods.map(replicaSetOf));
  const pods = await create(
    ...(["", "v1", "pods"] as const),
    objects.pods.map((pod, index) => ownedBy(pod, sets[index]?.metadata.uid ?? "")),
  );
  for (const [index, pod] of pods.entries()) {
    const running = { ...pod, status: objects.pods[index]?.status };
    await api.store.update({ group: "", version: "v1", plural: "pods" }, running, { subresource: "status" });
  }
  await create("discovery.k8s.io", "v1", "endpointslices", objects.endpointSlices);
  await create("access.smi-spec.io", "v1alpha3", "traffictargets", objects.trafficTargets);
  await create("specs.smi-spec.io", "v1alpha4", "httproutegroups", objects.httpRouteGroups);
  await create("split.smi-spec.io", "v1alpha4", "trafficsplits", objects.trafficSplits);
  const started = Date.now() - 60_000;
  const names = objects.serviceAccounts.map(({ metadata }) => metadata as Place);
  for (let at = started; at <= Date.now() + 60_000; at += 5_000) scrapeAll(api.metrics, names, { at, started });
  return api;
}

type Place = { readonly namespace: string; readonly name: string };

function replicaSetOf({ metadata }: KubeObject): KubeObject {
  const labels = { app: metadata.labels?.app ?? "" };
  const template = { metadata: { labels }, spec: { containers: [{ name: "app", image: IMAGE }] } };
  return {
    ...{ apiVersion: "apps/v1", kind: "ReplicaSet" },
    metadata: { name: metadata.ownerReferences?.[0]?.name ?? "", namespace: metadata.namespace ?? "" },
    spec: { replicas: 1, selector: { matchLabels: labels }, template },
  } as KubeObject;
}

function ownedBy(pod: KubeObject, uid: string): KubeObject {
  const { metadata, spec } = structuredClone(pod) as KubeObject & { spec: { containers: { image?: string }[] } };
  for (const container of spec.containers) container.image = IMAGE;
  const owners = metadata.ownerReferences?.map((owner) => ({ ...owner, uid })) ?? [];
  return { ...pod, metadata: { ...metadata, ownerReferences: owners }, spec } as KubeObject;
}

function scrapeAll(store: MetricStore, places: readonly Place[], when: { at: number; started: number }): void {
  const seconds = (when.at - when.started) / 1000;
  for (const [index, { namespace, name }] of places.entries()) {
    const called = places[index + 1];
    const refusing = index === 7 ? places[20] : index === places.length - 9 ? places[15] : undefined;
    if ((index % 10 !== 0 || !called) && !refusing) continue;
    const scrape = store.scrape({ id: name, labels: sourceLabels({ namespace, name }) }, when.at);
    if (called) {
      const cluster = `envoy_cluster_name="${called.namespace}/${called.name}|8080"`;
      scrape.add(`${ENVOY_REQUESTS_BY_CLASS}{envoy_response_code_class="2",${cluster}}`, 3 * seconds);
    }
    if (refusing) {
      const service = `destination_namespace="${refusing.namespace}",destination_service="${refusing.name}"`;
      scrape.add(`${DENIED_REQUESTS}{${service},reason="no-target",side="server"}`, (index === 7 ? 2 : 5) * seconds);
    }
    scrape.commit();
  }
}

function sourceLabels({ namespace, name }: Place): Record<string, string> {
  return {
    ...{ source_namespace: namespace, source_workload_kind: "deployment", source_workload_name: name },
    source_pod_name: `${name}-6d9c-0`,
  };
}
