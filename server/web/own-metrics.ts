/** The dashboard's own metrics. Held on globalThis: Next may load this module more than once, prom-client must not. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

interface OwnMetrics {
  readonly registry: Registry;
  readonly requestSeconds: Histogram<"method" | "route" | "status">;
  readonly refreshSeconds: Histogram<"window">;
  readonly refreshFailures: Counter<"part">;
  readonly viewers: Gauge;
}

const HELD = Symbol.for("meshdeck.web.metrics");

const own = held();

export const registry = own.registry;
export const requestSeconds = own.requestSeconds;
export const refreshSeconds = own.refreshSeconds;
export const refreshFailures = own.refreshFailures;
export const viewers = own.viewers;

function held(): OwnMetrics {
  const place = globalThis as { [HELD]?: OwnMetrics };
  place[HELD] ??= make();
  return place[HELD];
}

function make(): OwnMetrics {
  const registers = new Registry();
  collectDefaultMetrics({ register: registers });
  const into = { registers: [registers] };
  return {
    registry: registers,
    requestSeconds: new Histogram({
      name: "meshdeck_dashboard_request_duration_seconds",
      help: "Time to answer a request of the dashboard's API",
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
      ...into,
    }),
    refreshSeconds: new Histogram({
      name: "meshdeck_dashboard_refresh_duration_seconds",
      help: "Time to compute what every viewer of one window sees",
      labelNames: ["window"],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
      ...into,
    }),
    refreshFailures: new Counter({
      name: "meshdeck_dashboard_refresh_failures_total",
      help: "Refreshes a part did not answer",
      labelNames: ["part"],
      ...into,
    }),
    viewers: new Gauge({ name: "meshdeck_dashboard_stream_viewers", help: "Open event streams", ...into }),
  };
}
