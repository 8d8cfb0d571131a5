import {
  LOOPBACK_ANNOTATION,
  PROXY_UUID_LABEL,
  SIDECAR_ADMIN_PORT,
  SIDECAR_CONTAINER_NAME,
  SIDECAR_OUTBOUND_PORT,
  SIDECAR_STATS_PORT,
} from "@/lib/kube/names";
import type { Container } from "@/lib/kube/objects";
import { BOOTSTRAP_FOLDER, bootstrapSecretName } from "./bootstrap";

export const BOOTSTRAP_VOLUME = "meshdeck-bootstrap";
/** OSM's uid for Envoy. */
const ENVOY_UID = 1500;

export interface SidecarSettings {
  readonly image: string;
  /** Envoy's: trace, debug, info, warning, error, critical, off. */
  readonly logLevel: string;
  /** Container resources as in a pod; null leaves them out. */
  readonly resources: Readonly<Record<string, unknown>> | null;
}

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

/**
 * The sidecar as a native one (KEP-753): an init container that keeps running, so that it is ready before the
 * applications start, ends after them, and does not keep a Job from ending.
 */
export function sidecarContainer(
  identity: { namespace: string; serviceAccount: string },
  settings: SidecarSettings,
): Container {
  const admin = { socket_address: { address: "$(MESHDECK_LOOPBACK)", port_value: SIDECAR_ADMIN_PORT } };
  return {
    name: SIDECAR_CONTAINER_NAME,
    image: settings.image,
    restartPolicy: "Always",
    workingDir: BOOTSTRAP_FOLDER,
    args: [
      "--config-path",
      "bootstrap.json",
      "--config-yaml",
      JSON.stringify({ admin: { address: admin } }),
      "--service-node",
      "$(OSM_PROXY_UUID)",
      "--service-cluster",
      `${identity.namespace}/${identity.serviceAccount}`,
      "--log-level",
      settings.logLevel,
      "--disable-hot-restart",
      "--concurrency",
      "2",
    ],
    env: [
      field("OSM_PROXY_UUID", `metadata.labels['${PROXY_UUID_LABEL}']`),
      field("MESHDECK_LOOPBACK", `metadata.annotations['${LOOPBACK_ANNOTATION}']`),
    ],
    ports: [
      { name: "envoy-outbound", containerPort: SIDECAR_OUTBOUND_PORT },
      { name: "envoy-stats", containerPort: SIDECAR_STATS_PORT },
    ],
    // The stats listener comes with the configuration, so this passes when the sidecar can serve.
    startupProbe: {
      httpGet: { path: "/ready", port: SIDECAR_STATS_PORT },
      periodSeconds: 1,
      timeoutSeconds: 2,
      failureThreshold: 120,
    },
    volumeMounts: [{ name: BOOTSTRAP_VOLUME, mountPath: BOOTSTRAP_FOLDER, readOnly: true }],
    securityContext: {
      runAsUser: ENVOY_UID,
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    ...(settings.resources ? { resources: settings.resources } : {}),
  };
}

export function bootstrapVolume(serviceAccount: string): object {
  return { name: BOOTSTRAP_VOLUME, secret: { secretName: bootstrapSecretName(serviceAccount) } };
}

/** Tells an application where to listen and which proxy to call through. Later ones refer to the first: keep the order. */
export function applicationEnv(): readonly EnvVar[] {
  const proxy = `http://$(MESHDECK_BIND_HOST):${SIDECAR_OUTBOUND_PORT}`;
  const direct = "localhost,127.0.0.1,$(MESHDECK_BIND_HOST)";
  return [
    field("MESHDECK_BIND_HOST", `metadata.annotations['${LOOPBACK_ANNOTATION}']`),
    { name: "HTTP_PROXY", value: proxy },
    { name: "http_proxy", value: proxy },
    { name: "NO_PROXY", value: direct },
    { name: "no_proxy", value: direct },
  ];
}

function field(name: string, fieldPath: string): EnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
