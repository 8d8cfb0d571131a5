import { z } from "zod";
import type { KubeObject } from "@/lib/kube/objects";
import { parseQuantity } from "@/lib/smi/quantity";
import type { FieldError } from "@/lib/smi/read";
import { parseDuration } from "@/lib/time/duration";
import type { PolicyMode } from "./model";
import { policyMode } from "./policy-mode";

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

export const SIDECAR_LOG_LEVELS = ["trace", "debug", "info", "warning", "warn", "error", "critical", "off"] as const;
const LogLevel = z.enum(SIDECAR_LOG_LEVELS);
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

/** Longer ones would outlive what revokes them. */
const CERTIFICATE_SECONDS_MAX = 365 * 24 * 3600;

/** What the controller would not take as it is written: per field the path and a phrase that follows it. */
export function checkMeshConfig(object: KubeObject): readonly FieldError[] {
  const spec = section(object, "spec");
  const traffic = section(spec, "traffic");
  const sidecar = section(spec, "sidecar");
  return [
    ...checked("spec.traffic.enablePermissiveTrafficPolicyMode", traffic.enablePermissiveTrafficPolicyMode, (value) =>
      typeof value === "boolean" ? null : "must be true or false",
    ),
    ...checked(
      "spec.certificate.serviceCertValidityDuration",
      section(spec, "certificate").serviceCertValidityDuration,
      validity,
    ),
    ...checked("spec.sidecar.logLevel", sidecar.logLevel, (value) =>
      LogLevel.safeParse(value).success ? null : `must be one of ${SIDECAR_LOG_LEVELS.join(", ")}`,
    ),
    ...checked("spec.sidecar.envoyImage", sidecar.envoyImage, (value) =>
      typeof value === "string" && /^\S+$/.test(value)
        ? null
        : "must be an image name, for example envoyproxy/envoy:v1.40.0",
    ),
    ...["limits", "requests"].flatMap((kind) =>
      Object.entries(section(section(sidecar, "resources"), kind)).flatMap(([name, value]) =>
        checked(`spec.sidecar.resources.${kind}.${name}`, value, (amount) =>
          (parseQuantity(amount) ?? -1) >= 0 ? null : "must be a quantity such as 100m or 128Mi",
        ),
      ),
    ),
  ];
}

function checked(field: string, value: unknown, wrong: (value: unknown) => string | null): FieldError[] {
  const message = value === undefined || value === null ? null : wrong(value);
  return message === null ? [] : [{ field, message: `${message}, not ${JSON.stringify(value)}` }];
}

function validity(value: unknown): string | null {
  const seconds = parseDuration(value);
  if (seconds === null) return "must be a duration such as 24h";
  if (seconds < CERTIFICATE_SECONDS_MIN)
    return "must be at least 10m: shorter ones would be renewed faster than they can be handed out";
  return seconds > CERTIFICATE_SECONDS_MAX ? "must be at most 8760h" : null;
}
