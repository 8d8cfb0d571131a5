/**
 * The SMI kinds and versions Meshdeck serves, and how each version lays its fields out. CRDs, watches and the dashboard
 * take group, plural and version from here.
 */
import type { SmiKind } from "./hub";

export interface SmiResource {
  readonly kind: SmiKind;
  readonly group: string;
  readonly plural: string;
  readonly shortName: string;
  /** Oldest first. */
  readonly versions: readonly string[];
  /** The version objects are stored and watched in. It can say what all others say, so nothing is pruned by storing. */
  readonly storage: string;
}

export const SMI_RESOURCES: Readonly<Record<SmiKind, SmiResource>> = {
  TrafficSplit: {
    kind: "TrafficSplit",
    group: "split.smi-spec.io",
    plural: "trafficsplits",
    shortName: "ts",
    versions: ["v1alpha1", "v1alpha2", "v1alpha3", "v1alpha4"],
    storage: "v1alpha4",
  },
  TrafficTarget: {
    kind: "TrafficTarget",
    group: "access.smi-spec.io",
    plural: "traffictargets",
    shortName: "tt",
    versions: ["v1alpha1", "v1alpha2", "v1alpha3"],
    storage: "v1alpha3",
  },
  HTTPRouteGroup: {
    kind: "HTTPRouteGroup",
    group: "specs.smi-spec.io",
    plural: "httproutegroups",
    shortName: "htr",
    versions: ["v1alpha1", "v1alpha2", "v1alpha3", "v1alpha4"],
    storage: "v1alpha4",
  },
  TCPRoute: {
    kind: "TCPRoute",
    group: "specs.smi-spec.io",
    plural: "tcproutes",
    shortName: "tr",
    versions: ["v1alpha1", "v1alpha2", "v1alpha3", "v1alpha4"],
    storage: "v1alpha4",
  },
};

/** How one version spells its kind's fields. */
export interface Layout {
  /** Fields stand under `spec`, or at the top of the object. */
  readonly place: "spec" | "top";
  /** TrafficTarget: `specs` in v1alpha1, `rules` since. */
  readonly rulesField: "rules" | "specs";
  /** HTTPRouteGroup: one map, or a list of maps with one header each. */
  readonly headersForm: "map" | "list";
  /** What the version has no field for. */
  readonly lacks: readonly Feature[];
}

export type Feature = "split-matches" | "destination-port" | "headers" | "tcp-ports";

const MODERN: Layout = { place: "spec", rulesField: "rules", headersForm: "list", lacks: [] };

const LAYOUTS: Readonly<Record<string, Layout>> = {
  "split.smi-spec.io/v1alpha1": { ...MODERN, lacks: ["split-matches"] },
  "split.smi-spec.io/v1alpha2": { ...MODERN, lacks: ["split-matches"] },
  "split.smi-spec.io/v1alpha3": MODERN,
  "split.smi-spec.io/v1alpha4": MODERN,
  "access.smi-spec.io/v1alpha1": { ...MODERN, place: "top", rulesField: "specs" },
  "access.smi-spec.io/v1alpha2": MODERN,
  "access.smi-spec.io/v1alpha3": { ...MODERN, lacks: ["destination-port"] },
  "specs.smi-spec.io/v1alpha1": { ...MODERN, place: "top", headersForm: "map", lacks: ["headers", "tcp-ports"] },
  "specs.smi-spec.io/v1alpha2": { ...MODERN, place: "top", headersForm: "map", lacks: ["tcp-ports"] },
  "specs.smi-spec.io/v1alpha3": { ...MODERN, headersForm: "map", lacks: ["tcp-ports"] },
  "specs.smi-spec.io/v1alpha4": MODERN,
};

/** The kind's resource when `apiVersion` (`group/version`) is one Meshdeck serves for it. */
export function servedResource(kind: unknown, apiVersion: unknown): SmiResource | null {
  if (typeof kind !== "string" || !isSmiKind(kind)) return null;
  const resource = SMI_RESOURCES[kind];
  return resource.versions.some((version) => `${resource.group}/${version}` === apiVersion) ? resource : null;
}

export function isSmiKind(kind: string): kind is SmiKind {
  return Object.hasOwn(SMI_RESOURCES, kind);
}

/** The layout of a served `apiVersion`; for any other one that of the newest versions. */
export function layoutOf(apiVersion: string): Layout {
  return Object.hasOwn(LAYOUTS, apiVersion) ? (LAYOUTS[apiVersion] ?? MODERN) : MODERN;
}
