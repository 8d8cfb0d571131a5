/** Whose a row of the mesh's queries is: the calling workload and the called service behind its labels. */
import { nodeId } from "@/lib/kube/refs";
import {
  CLUSTER_LABEL,
  DESTINATION_NAMESPACE,
  DESTINATION_SERVICE,
  parseClusterName,
  parseLocalClusterName,
  SOURCE_NAMESPACE,
  SOURCE_WORKLOAD_KIND,
  SOURCE_WORKLOAD_NAME,
} from "@/lib/metrics/names";
import type { Labels } from "@/lib/metrics/query";

export type EdgeProtocol = "http" | "grpc" | "tcp";

/** The protocol of a service's port; null when the model does not know it. */
export type ProtocolOf = (serviceKey: string, port: number) => EdgeProtocol | null;

export interface Cluster {
  /** Service key. */
  readonly service: string;
  /** The receiving side. */
  readonly local: boolean;
  readonly protocol: EdgeProtocol | null;
}

/** Remembers what it read: rows are many, and of few workloads and services. */
export class RowPlaces {
  /** Node ids by namespace, kind and name: joining keys for each row would cost more than all the rest. */
  readonly #sources = new Map<string, Map<string, Map<string, string>>>();
  readonly #clusters = new Map<string, Cluster | null>();

  constructor(private readonly protocolOf: ProtocolOf) {}

  /** Node id of the workload a row comes from; null when it does not say. */
  source(labels: Labels): string | null {
    const namespace = labels[SOURCE_NAMESPACE];
    const kind = labels[SOURCE_WORKLOAD_KIND];
    const name = labels[SOURCE_WORKLOAD_NAME];
    if (!namespace || !kind || !name) return null;
    const kinds = getOrMake(this.#sources, namespace, () => new Map<string, Map<string, string>>());
    const names = getOrMake(kinds, kind, () => new Map<string, string>());
    return getOrMake(names, name, () => nodeId({ namespace, kind, name }));
  }

  /** null for clusters that are no service of the mesh. */
  cluster(labels: Labels): Cluster | null {
    const text = labels[CLUSTER_LABEL] ?? "";
    const known = this.#clusters.get(text);
    if (known !== undefined) return known;
    const local = parseLocalClusterName(text);
    const parsed = local ?? parseClusterName(text);
    const service = parsed === null ? "" : `${parsed.namespace}/${parsed.name}`;
    const made =
      parsed === null ? null : { service, local: local !== null, protocol: this.protocolOf(service, parsed.port) };
    this.#clusters.set(text, made);
    return made;
  }
}

/** Key of the service a refused call was for; null when the row does not say. */
export function deniedService(labels: Labels): string | null {
  const namespace = labels[DESTINATION_NAMESPACE];
  const name = labels[DESTINATION_SERVICE];
  return namespace && name ? `${namespace}/${name}` : null;
}

export function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
