import { LOOPBACK_ANNOTATION, METRICS_ANNOTATION, PROXY_UUID_LABEL, SIDECAR_STATS_PORT } from "@/lib/kube/names";
import type { Container, Namespace, Pod } from "@/lib/kube/objects";
import { hasSidecar } from "./decide";
import {
  applicationEnv,
  BOOTSTRAP_VOLUME,
  bootstrapVolume,
  type EnvVar,
  type SidecarSettings,
  sidecarContainer,
} from "./sidecar";

/** One operation of RFC 6902. */
export interface PatchOperation {
  readonly op: "add" | "replace";
  readonly path: string;
  readonly value: unknown;
}

export interface PatchInput {
  readonly pod: Pod;
  readonly namespace: Namespace;
  /** The id its Envoy will present. A new one for every pod. */
  readonly proxyId: string;
  readonly settings: SidecarSettings;
}

/** What turns the pod into a meshed one. Empty for a pod that has its sidecar, so applying it twice changes nothing. */
export function injectionPatch({ pod, namespace, proxyId, settings }: PatchInput): PatchOperation[] {
  if (hasSidecar(pod)) return [];
  const serviceAccount = pod.spec?.serviceAccountName || "default";
  const sidecar = sidecarContainer({ namespace: namespace.metadata.name, serviceAccount }, settings);
  const volumes = ((pod.spec?.volumes ?? []) as { name?: string }[]).filter(
    (volume) => volume.name !== BOOTSTRAP_VOLUME,
  );
  return [
    add("/metadata/labels", { ...pod.metadata.labels, [PROXY_UUID_LABEL]: proxyId }),
    add("/metadata/annotations", annotations(pod, namespace)),
    add("/spec/volumes", [...volumes, bootstrapVolume(serviceAccount)]),
    add("/spec/initContainers", [sidecar, ...(pod.spec?.initContainers ?? []).map(withEnv)]),
    add("/spec/containers", (pod.spec?.containers ?? []).map(withEnv)),
  ];
}

/** `add` on an object's member also replaces it (RFC 6902 4.1). */
function add(path: string, value: unknown): PatchOperation {
  return { op: "add", path, value };
}

function annotations(pod: Pod, namespace: Namespace): Record<string, string> {
  const own = pod.metadata.annotations ?? {};
  const scrape =
    namespace.metadata.annotations?.[METRICS_ANNOTATION] === "enabled"
      ? {
          "prometheus.io/scrape": "true",
          "prometheus.io/port": String(SIDECAR_STATS_PORT),
          "prometheus.io/path": "/stats/prometheus",
        }
      : {};
  // What the pod says itself wins: an application may be scraped on a port of its own.
  return { [LOOPBACK_ANNOTATION]: "127.0.0.1", ...scrape, ...own };
}

/** Ours come first, because a variable may only refer to those before it; the container's own of the same name win. */
function withEnv(container: Container): Container {
  const own = (container.env ?? []) as readonly EnvVar[];
  const names = new Set(own.map((variable) => variable.name));
  return { ...container, env: [...applicationEnv().filter((variable) => !names.has(variable.name)), ...own] };
}
