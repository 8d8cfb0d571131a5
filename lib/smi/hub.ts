/**
 * One hub shape per SMI kind: what every served version is read into and written from. The hub can say everything the
 * newest version says and everything older ones said (TrafficTarget's destination port, TrafficSplit's quantity weights),
 * so reading and writing the same version loses nothing.
 * Spec: SMI v0.6.0 (traffic-access, traffic-specs, traffic-split).
 */
export type SmiKind = "TrafficSplit" | "TrafficTarget" | "HTTPRouteGroup" | "TCPRoute";

export interface SmiMeta {
  readonly kind: SmiKind;
  /** The version the object was read in, for example `split.smi-spec.io/v1alpha2`. Writing goes back to it. */
  readonly apiVersion: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | null;
  readonly resourceVersion: string | null;
  /** RFC 3339, null before the API server has set it. Conflicts are won by the oldest. */
  readonly createdAt: string | null;
}

export interface SplitBackend {
  /** Service name, in the namespace of the split. */
  readonly service: string;
  /** Relative weight, 0 or more. Never a percentage. */
  readonly weight: number;
}

export interface TrafficSplit extends SmiMeta {
  readonly kind: "TrafficSplit";
  /** The root service as written: `bookstore`, `bookstore.bookstore` or any longer form. */
  readonly service: string;
  readonly backends: readonly SplitBackend[];
  /** Names of HTTPRouteGroups (v1alpha3 and later). Empty: every request. */
  readonly matches: readonly string[];
}

export interface IdentityRef {
  /** "ServiceAccount" is the only kind that is enforced. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

export interface TargetRule {
  readonly kind: string;
  readonly name: string;
  /** Names of matches inside the group. null: written without the field, meaning all of them (SMI). */
  readonly matches: readonly string[] | null;
}

export interface TrafficTarget extends SmiMeta {
  readonly kind: "TrafficTarget";
  readonly destination: IdentityRef & { readonly port: number | null };
  readonly rules: readonly TargetRule[];
  readonly sources: readonly IdentityRef[];
}

export interface HttpMatch {
  readonly name: string;
  /** RE2. As in OSM the whole path must match. null: any path. */
  readonly pathRegex: string | null;
  /** Upper case, or "*". Empty: any method. */
  readonly methods: readonly string[];
  /** Header name to RE2 of the whole value. All must match. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface HttpRouteGroup extends SmiMeta {
  readonly kind: "HTTPRouteGroup";
  readonly matches: readonly HttpMatch[];
}

export interface TcpRoute extends SmiMeta {
  readonly kind: "TCPRoute";
  /** Empty: every port. */
  readonly ports: readonly number[];
}

export type SmiObject = TrafficSplit | TrafficTarget | HttpRouteGroup | TcpRoute;
