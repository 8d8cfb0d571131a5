/** What is wrong with an object, said so that a person can mend it. Codes are stable: docs, metrics and tests name them. */
import type { ObjectRef } from "@/lib/kube/refs";

export type ProblemSeverity = "error" | "warning";

export type ProblemCode =
  | "InvalidObject" // does not parse: a required field is missing or has the wrong shape
  | "SplitWeightsZero" // every usable backend has weight 0: answered with 503
  | "SplitRootMissing" // spec.service names no Service
  | "SplitBackendMissing" // a backend names no Service: its share is answered with 503
  | "SplitBackendWithoutPort" // a backend lacks the root's port: it is left out
  | "SplitBackendIsRoot" // root also a backend, or a backend is another split's root
  | "SplitConflict" // two splits of one root: the oldest wins
  | "SplitMatchesUnsupported" // references a missing HTTPRouteGroup in matches
  | "TargetWithoutRules" // grants nothing
  | "TargetWithoutSources" // grants nothing
  | "TargetNamespaceMismatch" // metadata.namespace differs from destination.namespace
  | "TargetKindUnsupported" // source or destination is not a ServiceAccount
  | "TargetRuleKindUnsupported" // UDPRoute or unknown
  | "TargetRouteMissing" // names an HTTPRouteGroup or TCPRoute that does not exist
  | "TargetMatchMissing" // names a match the group does not have
  | "TargetDestinationMissing" // the destination ServiceAccount does not exist
  | "TargetSourceMissing" // a source ServiceAccount does not exist
  | "RouteRegexInvalid" // pathRegex or header value is not RE2
  | "RouteGroupEmpty" // no matches
  | "ServicePortUnresolved" // named targetPort that no backing pod has
  | "ServiceWithoutIdentity"; // a Service with a selector whose pods are not in the mesh

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: ProblemSeverity;
  readonly object: ObjectRef;
  /** Path inside the object, for example `spec.backends[1].service`. Empty: the object as a whole. */
  readonly field: string;
  /** One sentence: what, to what, why, what to do. */
  readonly message: string;
}

/** An error takes something away that the object asks for; a warning says that it may not do what its author expects. */
export const PROBLEM_SEVERITY: Readonly<Record<ProblemCode, ProblemSeverity>> = {
  InvalidObject: "error",
  SplitWeightsZero: "error",
  SplitRootMissing: "error",
  SplitBackendMissing: "error",
  SplitBackendWithoutPort: "warning",
  SplitBackendIsRoot: "warning",
  SplitConflict: "error",
  SplitMatchesUnsupported: "error",
  TargetWithoutRules: "error",
  TargetWithoutSources: "error",
  TargetNamespaceMismatch: "error",
  TargetKindUnsupported: "error",
  TargetRuleKindUnsupported: "error",
  TargetRouteMissing: "error",
  TargetMatchMissing: "error",
  TargetDestinationMissing: "error",
  TargetSourceMissing: "warning",
  RouteRegexInvalid: "error",
  RouteGroupEmpty: "warning",
  ServicePortUnresolved: "error",
  ServiceWithoutIdentity: "warning",
};
