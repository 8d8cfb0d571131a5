import { z } from "zod";
import type { KubeObject } from "@/lib/kube/objects";
import type { PolicyMode } from "@/lib/mesh/model";
import { policyMode } from "@/lib/mesh/policy-mode";
import { parseDuration } from "@/lib/time/duration";

/** What the controller takes from OSM's MeshConfig (config.openservicemesh.io/v1alpha2). */
export interface MeshConfig {
  readonly policyMode: PolicyMode;
  readonly certificateSeconds: number;
  readonly sidecarLogLevel: string;
  /** null: as the controller was told. */
  readonly sidecarImage: string | null;
  readonly sidecarResources: Readonly<Record<string, unknown>> | null;
}

const DEFAULTS: Omit<MeshConfig, "policyMode"> = {
  certificateSeconds: 24 * 3600,
  sidecarLogLevel: "error",
  sidecarImage: null,
  sidecarResources: null,
};
/** OSM's lower bound. Shorter ones would be renewed faster than they can be handed out. */
const CERTIFICATE_SECONDS_MIN = 600;

const LogLevel = z.enum(["trace", "debug", "info", "warning", "warn", "error", "critical", "off"]);
const Resources = z.record(z.string(), z.unknown());

/** Reads the object field by field: one that is missing or broken has its default and leaves the others as they are. */
export function readMeshConfig(object: KubeObject | null): MeshConfig {
  const spec = section(object, "spec");
  const sidecar = section(spec, "sidecar");
  const seconds = parseDuration(section(spec, "certificate").serviceCertValidityDuration);
  const level = LogLevel.safeParse(sidecar.logLevel);
  const resources = Resources.safeParse(sidecar.resources);
  const image = sidecar.envoyImage;
  return {
    policyMode: policyMode(object),
    certificateSeconds: seconds === null ? DEFAULTS.certificateSeconds : Math.max(seconds, CERTIFICATE_SECONDS_MIN),
    sidecarLogLevel: level.success ? level.data : DEFAULTS.sidecarLogLevel,
    sidecarImage: typeof image === "string" && image !== "" ? image : null,
    sidecarResources: resources.success && Object.keys(resources.data).length > 0 ? resources.data : null,
  };
}

function section(of: object | null, name: string): Record<string, unknown> {
  const value = (of as Record<string, unknown> | null)?.[name];
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
