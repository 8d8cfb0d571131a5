/** What a panel can show besides the charts of one subject: every measure that the stores really have, as typed queries. */
import type { ChartUnit } from "@/lib/charts/quantity";
import * as names from "@/lib/metrics/names";
import type { Matcher } from "@/lib/metrics/query";

/** What a measure can be told apart by. `service`: the callee; `workload`, `namespace` and `pod`: who calls, or whose sidecar it is. */
export const DIMENSIONS = [
  "service",
  "workload",
  "namespace",
  "pod",
  "class",
  "reason",
  "side",
  "synced",
  "type",
  "outcome",
  "result",
  "code",
  "kind",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** How a measure is narrowed: `calls` by caller and cluster, `denied` by caller and destination, `sidecars` by workload. */
export type Family = "calls" | "denied" | "sidecars" | "controller";

export interface PlainMeasure {
  readonly how: "rate" | "sum" | "max" | "min" | "quantile";
  readonly family: Family;
  readonly metric: string;
  readonly matchers?: readonly Matcher[];
  /** 0 to 1. */
  readonly quantile?: number;
  readonly unit: ChartUnit;
  readonly label: string;
  /** The value is a unix time in seconds: what is left until then is shown. */
  readonly until?: true;
}

export interface RatioMeasure {
  readonly how: "ratio";
  readonly of: PlainId;
  readonly over: PlainId;
  readonly unit: "ratio";
  readonly label: string;
}

const CALLS = { how: "rate", family: "calls", unit: "per-second" } as const;
const CLASS = names.ENVOY_RESPONSE_CODE_CLASS;
const calls = (metric: string, label: string, matchers: readonly Matcher[] = []) =>
  ({ ...CALLS, metric, label, matchers }) as const;
const latency = (quantile: number) =>
  ({
    how: "quantile",
    family: "calls",
    metric: names.ENVOY_REQUEST_TIME_BUCKET,
    quantile,
    unit: "ms",
    label: `p${quantile * 100}`,
  }) as const;
const controller = (how: PlainMeasure["how"], metric: string, unit: ChartUnit, label: string) =>
  ({ how, family: "controller", metric, unit, label }) as const;
const within = (metric: string, quantile: number) =>
  ({ ...controller("quantile", metric, "seconds", `p${quantile * 100}`), quantile }) as const;
/** A shared store holds the process metrics of everything that is scraped. */
const OF_CONTROLLER: readonly Matcher[] = [
  { label: "job", op: "=~", value: "controller|([^/]*/)?(osm|meshdeck)-controller" },
];

const PLAIN = {
  requests: calls(names.ENVOY_REQUESTS_BY_CLASS, "requests"),
  succeeded: calls(names.ENVOY_REQUESTS_BY_CLASS, "succeeded", [{ label: CLASS, op: "=", value: "2" }]),
  notSucceeded: calls(names.ENVOY_REQUESTS_BY_CLASS, "not succeeded", [{ label: CLASS, op: "!=", value: "2" }]),
  errors: calls(names.ENVOY_REQUESTS_BY_CLASS, "errors", [{ label: CLASS, op: "=", value: "5" }]),
  p50: latency(0.5),
  p95: latency(0.95),
  p99: latency(0.99),
  opened: calls(names.ENVOY_CONNECTIONS_TOTAL, "opened"),
  connectFailures: calls(names.ENVOY_CONNECT_FAILURES, "failed to connect"),
  handshakes: calls(names.ENVOY_TLS_HANDSHAKES, "TLS handshakes"),
  active: {
    how: "sum",
    family: "calls",
    metric: names.ENVOY_ACTIVE_CONNECTIONS,
    unit: "connections",
    label: "open connections",
  },
  received: { ...calls(names.ENVOY_RECEIVED_BYTES, "received"), unit: "bytes-per-second" },
  sent: { ...calls(names.ENVOY_SENT_BYTES, "sent"), unit: "bytes-per-second" },
  connectTimeouts: calls(names.ENVOY_FAILURES.connectTimeouts, "connect timeouts"),
  closedByService: calls(names.ENVOY_FAILURES.closedByService, "closed by the service"),
  closedByCaller: calls(names.ENVOY_FAILURES.closedByCaller, "closed by the caller"),
  ejected: calls(names.ENVOY_FAILURES.ejected, "failed while waiting"),
  overflowed: calls(names.ENVOY_FAILURES.overflowed, "over the limit"),
  timeouts: calls(names.ENVOY_FAILURES.timeouts, "timeouts"),
  resetByService: calls(names.ENVOY_FAILURES.resetByService, "reset by the service"),
  resetByCaller: calls(names.ENVOY_FAILURES.resetByCaller, "reset by the caller"),
  retries: calls(names.ENVOY_FAILURES.retries, "retries"),
  denied: { how: "rate", family: "denied", metric: names.DENIED_REQUESTS, unit: "per-second", label: "denied" },
  sidecars: { how: "sum", family: "sidecars", metric: names.ENVOY_LIVE, unit: "count", label: "sidecars alive" },
  sidecarMemory: { how: "sum", family: "sidecars", metric: names.ENVOY_MEMORY, unit: "bytes", label: "memory" },
  largestSidecar: { how: "max", family: "sidecars", metric: names.ENVOY_MEMORY, unit: "bytes", label: "largest" },
  proxies: controller("sum", names.CONTROLLER_PROXIES, "count", "connected sidecars"),
  unsynced: {
    ...controller("sum", names.CONTROLLER_PROXIES, "count", "behind"),
    matchers: [{ label: "synced", op: "=", value: "false" }],
  },
  nacks: controller("rate", names.CONTROLLER_NACKS, "per-second", "refused configurations"),
  reconciles: controller("rate", names.CONTROLLER_RECONCILES, "per-second", "reconciles"),
  reconcileP50: within(names.CONTROLLER_RECONCILE_BUCKET, 0.5),
  reconcileP95: within(names.CONTROLLER_RECONCILE_BUCKET, 0.95),
  reconcileP99: within(names.CONTROLLER_RECONCILE_BUCKET, 0.99),
  injections: controller("rate", names.CONTROLLER_INJECTIONS, "per-second", "admission reviews"),
  injectionP50: within(names.CONTROLLER_INJECTION_BUCKET, 0.5),
  injectionP99: within(names.CONTROLLER_INJECTION_BUCKET, 0.99),
  problems: controller("max", names.CONTROLLER_PROBLEMS, "count", "problems"),
  certificateLeft: { ...controller("min", names.CERTIFICATE_EXPIRY, "seconds", "left"), until: true },
  controllerCpu: { ...controller("rate", names.PROCESS_CPU, "cores", "CPU"), matchers: OF_CONTROLLER },
  controllerMemory: { ...controller("sum", names.PROCESS_MEMORY, "bytes", "memory"), matchers: OF_CONTROLLER },
} as const satisfies Readonly<Record<string, PlainMeasure>>;
export type PlainId = keyof typeof PLAIN;

const RATIO = {
  errorRatio: { how: "ratio", of: "errors", over: "requests", unit: "ratio", label: "errors" },
  successRatio: { how: "ratio", of: "succeeded", over: "requests", unit: "ratio", label: "succeeded" },
} as const satisfies Readonly<Record<string, RatioMeasure>>;

export type MeasureId = PlainId | keyof typeof RATIO;
export const MEASURES: Readonly<Record<MeasureId, PlainMeasure | RatioMeasure>> = { ...PLAIN, ...RATIO };
export const MEASURE_IDS = Object.keys(MEASURES) as [MeasureId, ...MeasureId[]];

/** A measure that is one query. Throws for a ratio: that is a bug of the caller. */
export function plainMeasure(id: PlainId): PlainMeasure {
  return PLAIN[id];
}
