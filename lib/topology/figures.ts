/** What an edge's tally says: rates, ratios and percentiles. */
import { quantiles } from "@/lib/metrics/quantile";
import type { EdgeProtocol, EdgeTally } from "./tally";

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

/** `fallback`: the protocol when nothing was measured. */
export function figuresOf(edge: EdgeTally, fallback: EdgeProtocol): EdgeFigures {
  const http = sum(edge.classes.values());
  const requestsPerSecond = http + edge.tcpOpened;
  // Envoy answers a failed connection of an HTTP call with a 503 of its own, which its 5xx count holds already.
  const errorsPerSecond = (edge.classes.get("5") ?? 0) + edge.tcpFailed;
  const deniedPerSecond = edge.deniedByClient + edge.deniedByServer;
  return {
    protocol: protocolOf(edge, fallback),
    requestsPerSecond,
    errorsPerSecond,
    errorRatio: requestsPerSecond > 0 ? Math.min(1, errorsPerSecond / requestsPerSecond) : null,
    bytesPerSecond: edge.bytes,
    deniedPerSecond,
    denied: deniedPerSecond > 0 && !letThrough(edge, requestsPerSecond),
    mtlsRatio: mtlsRatio(edge),
    latencyMs: latencyOf(edge),
  };
}

function protocolOf(edge: EdgeTally, fallback: EdgeProtocol): EdgeProtocol {
  for (const protocol of ["grpc", "http", "tcp"] as const) if (edge.protocols.has(protocol)) return protocol;
  return fallback;
}

/** Whether anything but refusals came back. */
function letThrough(edge: EdgeTally, requestsPerSecond: number): boolean {
  const mayBeRefusals = (edge.classes.get("4") ?? 0) + edge.tcpOpened;
  const answered = requestsPerSecond - mayBeRefusals;
  return answered > 0 || mayBeRefusals - edge.deniedByServer > SCRAPE_JITTER * mayBeRefusals;
}

/**
 * Handshakes by established connections, over the life of the sidecars: connections are kept open, so a window often sees
 * none of either. A connection whose handshake is under way at the moment of the scrape does not count as plaintext.
 */
function mtlsRatio(edge: EdgeTally): number | null {
  const established = edge.openedTotal - edge.failedTotal;
  if (established <= 0) return null;
  const missing = established - edge.handshakesTotal;
  const underWay = edge.handshakesTotal > 0 ? Math.ceil(edge.opened * HANDSHAKE_SECONDS) : 0;
  return missing <= underWay ? 1 : edge.handshakesTotal / established;
}

function latencyOf(edge: EdgeTally): EdgeFigures["latencyMs"] {
  const [p50 = null, p95 = null, p99 = null] = quantiles([0.5, 0.95, 0.99], edge.buckets);
  return p50 === null ? null : { p50, p95, p99 };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
