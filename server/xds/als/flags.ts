import type { ResponseFlags } from "../gen/envoy/data/accesslog/v3/accesslog_pb";

/** Envoy's short names of its response flags, as its own text log writes them. */
const SHORT: Readonly<Partial<Record<keyof ResponseFlags, string>>> = {
  failedLocalHealthcheck: "LH",
  noHealthyUpstream: "UH",
  upstreamRequestTimeout: "UT",
  localReset: "LR",
  upstreamRemoteReset: "UR",
  upstreamConnectionFailure: "UF",
  upstreamConnectionTermination: "UC",
  upstreamOverflow: "UO",
  noRouteFound: "NR",
  delayInjected: "DI",
  faultInjected: "FI",
  rateLimited: "RL",
  unauthorizedDetails: "UAEX",
  rateLimitServiceError: "RLSE",
  downstreamConnectionTermination: "DC",
  upstreamRetryLimitExceeded: "URX",
  streamIdleTimeout: "SI",
  invalidEnvoyRequestHeaders: "IH",
  downstreamProtocolError: "DPE",
  upstreamMaxStreamDurationReached: "UMSDR",
  noFilterConfigFound: "NFCF",
  durationTimeout: "DT",
  noClusterFound: "NC",
};

/** Those that are set, in Envoy's order. */
export function flagsOf(flags: ResponseFlags | undefined): readonly string[] {
  if (!flags) return [];
  return Object.entries(SHORT).flatMap(([field, short]) => (flags[field as keyof ResponseFlags] ? [short] : []));
}
