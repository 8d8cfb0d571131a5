/** Access log entries of sidecars as CallRecords, with what the model knows about both sides. */
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { MeshModel, MeshPod } from "@/lib/mesh/model";
import { RequestMethod } from "../gen/envoy/config/core/v3/base_pb";
import type {
  AccessLogCommon,
  HTTPAccessLogEntry,
  TCPAccessLogEntry,
} from "../gen/envoy/data/accesslog/v3/accesslog_pb";
import { DENIED_ROUTE, identityOfSpiffeId, OUTBOUND_LOG, parseCluster } from "../names";
import type { CallRecord } from "../types";
import { flagsOf } from "./flags";
import { CallPlaces } from "./places";

export interface LogSource {
  readonly model: MeshModel;
  /** Identity key of the sidecar that wrote the log, from its certificate. */
  readonly identity: string;
  /** null: not in the model (any more). */
  readonly pod: MeshPod | null;
  readonly logName: string;
}

/** One HTTP entry. */
export function httpCall(source: LogSource, entry: HTTPAccessLogEntry, nowMs: number): CallRecord {
  const { request, response, commonProperties: common } = entry;
  const details = response?.responseCodeDetails || null;
  const method = request ? RequestMethod[request.requestMethod] : undefined;
  const refusedHere = isClient(source) ? common?.routeName === DENIED_ROUTE : isRbacDenial(details);
  return {
    ...places(source, common, request?.authority ?? ""),
    at: milliseconds(common?.startTime) ?? nowMs,
    protocol: "http",
    method: method && method !== "METHOD_UNSPECIFIED" ? method : null,
    path: request?.originalPath || request?.path || null,
    status: response?.responseCode ?? null,
    details,
    flags: flagsOf(common?.responseFlags),
    durationMs: duration(common),
    denied: refusedHere,
    policy: policyOf(common),
  };
}

/** One TCP connection, told when it ended. */
export function tcpCall(source: LogSource, entry: TCPAccessLogEntry, nowMs: number): CallRecord {
  const common = entry.commonProperties;
  const details = common?.connectionTerminationDetails || common?.downstreamTransportFailureReason || null;
  return {
    ...places(source, common, ""),
    at: milliseconds(common?.startTime) ?? nowMs,
    protocol: "tcp",
    method: null,
    path: null,
    status: null,
    details,
    flags: flagsOf(common?.responseFlags),
    durationMs: duration(common),
    denied: !isClient(source) && isRbacDenial(details),
    policy: policyOf(common),
  };
}

type Places = Pick<
  CallRecord,
  "side" | "pod" | "workload" | "sourceIdentity" | "destinationIdentity" | "sourceWorkload" | "destinationService"
>;

function places(source: LogSource, common: AccessLogCommon | undefined, authority: string): Places {
  const { model, identity, pod } = source;
  const where = CallPlaces.of(model);
  const own = { pod: pod?.key ?? null, workload: pod?.workload ?? null };
  if (isClient(source)) {
    const cluster = parseCluster(common?.upstreamCluster ?? "");
    const destination = cluster ? cluster.serviceKey : where.serviceOf(authority, identity);
    return {
      side: "client",
      ...own,
      sourceIdentity: identity,
      sourceWorkload: own.workload,
      destinationService: destination,
      destinationIdentity: only(destination === null ? [] : (model.services[destination]?.identities ?? [])),
    };
  }
  const peer = peerOf(common, model.trustDomain);
  return {
    side: "server",
    ...own,
    sourceIdentity: peer,
    sourceWorkload: peer === null ? null : where.workloadOf(peer),
    destinationService: pod ? where.served(pod, localPort(common), where.serviceOf(authority, peer ?? "")) : null,
    destinationIdentity: identity,
  };
}

function isClient({ logName }: LogSource): boolean {
  return logName === OUTBOUND_LOG;
}

function isRbacDenial(details: string | null): boolean {
  return details?.startsWith("rbac_access_denied") ?? false;
}

function peerOf(common: AccessLogCommon | undefined, trustDomain: string): string | null {
  const names = common?.tlsProperties?.peerCertificateProperties?.subjectAltName ?? [];
  for (const { san } of names) {
    const identity = san.case === "uri" ? identityOfSpiffeId(san.value, trustDomain) : null;
    if (identity !== null) return identity;
  }
  return null;
}

/** The port that was called. A denied call was given no cluster yet, so this is what tells which service it was for. */
function localPort(common: AccessLogCommon | undefined): number | null {
  const address = common?.downstreamLocalAddress?.address;
  const port = address?.case === "socketAddress" ? address.value.portSpecifier : undefined;
  return port?.case === "portValue" ? port.value : null;
}

/** Envoy's RBAC filters leave the policy that let a call in with the call. */
function policyOf(common: AccessLogCommon | undefined): string | null {
  for (const filter of ["envoy.filters.http.rbac", "envoy.filters.network.rbac"]) {
    const id = common?.metadata?.filterMetadata[filter]?.enforced_effective_policy_id;
    if (typeof id === "string" && id !== "") return id;
  }
  return null;
}

function duration(common: AccessLogCommon | undefined): number | null {
  return milliseconds(common?.duration ?? common?.timeToLastDownstreamTxByte);
}

function milliseconds(value: Pick<Timestamp, "seconds" | "nanos"> | undefined): number | null {
  return value ? Number(value.seconds) * 1000 + value.nanos / 1_000_000 : null;
}

function only<T>(list: readonly T[]): T | null {
  return list.length === 1 ? (list[0] ?? null) : null;
}
