/** What an edge's tally says: rates, ratios and percentiles. */
import type { EdgeProtocol } from "./row-places";
import type { EdgeTally } from "./tally";

/** A connection's handshake takes less than this: what is opened at a rate may be under way for so long. Seconds. */
const HANDSHAKE_SECONDS = 0.1;
/** Refusals and requests are counted by different processes, scraped at different moments. */
const SCRAPE_JITTER = 0.2;

export interface EdgeFigures {
  readonly protocol: EdgeProtocol;
  readonly requestsPerSecond: number;
  readonly errorsPerSecond: number;
  readonly errorRatio: number | null;
  readonly bytesPerSecond: number | null;
  readonly deniedPerSecond: number;
  readonly denied: boolean;
  readonly mtlsRatio: number | null;
  readonly latencyMs: { p50: number | null; p95: number | null; p99: number | null } | null;
}

/** What an edge's figures are made of, per second unless named Total. */
export interface EdgeSums {
  /** HTTP requests: all, and those answered with 4xx and 5xx. */
  http: number;
  class4: number;
  class5: number;
  tcpOpened: number;
  tcpFailed: number;
  /** Connections of every port. */
  opened: number;
  openedTotal: number;
  failedTotal: number;
  handshakesTotal: number;
  deniedByClient: number;
  deniedByServer: number;
}

/** `fallback`: the protocol when nothing was measured. */
export function figuresOf(edge: EdgeTally, fallback: EdgeProtocol): EdgeFigures {
  const sums: EdgeSums = {
    ...edge,
    http: sum(edge.classes.values()),
    class4: edge.classes.get("4") ?? 0,
    class5: edge.classes.get("5") ?? 0,
  };
  const requestsPerSecond = requestsOf(sums);
  const errorsPerSecond = errorsOf(sums);
  return {
    protocol: protocolOf(edge.protocols, fallback),
    requestsPerSecond,
    errorsPerSecond,
    errorRatio: errorRatio(requestsPerSecond, errorsPerSecond),
    bytesPerSecond: edge.bytes,
    deniedPerSecond: sums.deniedByClient + sums.deniedByServer,
    denied: isDenied(sums),
    mtlsRatio: mtlsRatio(sums),
    latencyMs: latencyOf(edge),
  };
}

export function requestsOf(sums: EdgeSums): number {
  return sums.http + sums.tcpOpened;
}

/** Envoy answers a failed connection of an HTTP call with a 503 of its own, which its 5xx count holds already. */
export function errorsOf(sums: EdgeSums): number {
  return sums.class5 + sums.tcpFailed;
}

/** null: nothing was asked. */
export function errorRatio(requestsPerSecond: number, errorsPerSecond: number): number | null {
  return requestsPerSecond > 0 ? Math.min(1, errorsPerSecond / requestsPerSecond) : null;
}

/** Calls were refused, and nothing but refusals came back. */
export function isDenied(sums: EdgeSums): boolean {
  if (!(sums.deniedByClient + sums.deniedByServer > 0)) return false;
  const mayBeRefusals = sums.class4 + sums.tcpOpened;
  const answered = requestsOf(sums) - mayBeRefusals;
  return !(answered > 0 || mayBeRefusals - sums.deniedByServer > SCRAPE_JITTER * mayBeRefusals);
}

/**
 * Handshakes by established connections, over the life of the sidecars: connections are kept open, so a window often sees
 * none of either. A connection whose handshake is under way at the moment of the scrape does not count as plaintext.
 */
export function mtlsRatio(sums: EdgeSums): number | null {
  const established = sums.openedTotal - sums.failedTotal;
  if (established <= 0) return null;
  const missing = established - sums.handshakesTotal;
  const underWay = sums.handshakesTotal > 0 ? Math.ceil(sums.opened * HANDSHAKE_SECONDS) : 0;
  return missing <= underWay ? 1 : sums.handshakesTotal / established;
}

/** The first of gRPC, HTTP and TCP that was seen. */
function protocolOf(seen: ReadonlySet<EdgeProtocol>, fallback: EdgeProtocol): EdgeProtocol {
  for (const protocol of ["grpc", "http", "tcp"] as const) if (seen.has(protocol)) return protocol;
  return fallback;
}

const SHARES = [0.5, 0.95, 0.99] as const;

function latencyOf(edge: EdgeTally): EdgeFigures["latencyMs"] {
  const [p50 = null, p95 = null, p99 = null] = edge.latency?.quantiles(SHARES) ?? [];
  return p50 === null ? null : { p50, p95, p99 };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
