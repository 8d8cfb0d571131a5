import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Certificate, Proxy as ProxyState } from "@/lib/contract/admin";
import type { Problem } from "@/lib/mesh/problems";
import {
  DENIED_REQUESTS,
  DESTINATION_NAMESPACE,
  DESTINATION_SERVICE,
  SOURCE_NAMESPACE,
  SOURCE_WORKLOAD_KIND,
  SOURCE_WORKLOAD_NAME,
} from "@/lib/metrics/names";
import type { ReflectorState } from "@/server/kube/reflector";
import type { DeniedLabels } from "./denied-labels";

/** What is read when metrics are asked for. */
export interface MetricsSources {
  readonly proxies: () => readonly ProxyState[];
  readonly certificates: () => readonly Certificate[];
  readonly problems: () => readonly Problem[];
  readonly watches: () => readonly ReflectorState[];
  readonly leader: () => boolean;
}

export interface ControllerMetrics {
  readonly contentType: string;
  /** What gauges are read from. Before this there are none. */
  show(sources: MetricsSources): void;
  /** The Prometheus text exposition. */
  text(): Promise<string>;
  reconciled(milliseconds: number, ok: boolean): void;
  nacked(type: string): void;
  denied(labels: DeniedLabels): void;
  injected(outcome: string, seconds: number): void;
}

/** The controller's own metrics, on a registry of their own. */
export function createMetrics(): ControllerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const reconcile = new Histogram({
    name: "meshdeck_reconcile_duration_seconds",
    help: "Time from objects to what sidecars are sent.",
    labelNames: ["result"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const nacks = new Counter({
    name: "meshdeck_nacks_total",
    help: "Configuration that sidecars refused, by type.",
    labelNames: ["type"],
    registers,
  });
  const denied = new Counter({
    name: DENIED_REQUESTS,
    help: "Calls refused by policy, as sidecars told. side is who refused: client or server.",
    labelNames: [
      SOURCE_NAMESPACE,
      SOURCE_WORKLOAD_KIND,
      SOURCE_WORKLOAD_NAME,
      DESTINATION_NAMESPACE,
      DESTINATION_SERVICE,
      "reason",
      "side",
    ],
    registers,
  });
  const injections = new Histogram({
    name: "meshdeck_injection_duration_seconds",
    help: "Admission reviews of new pods, by outcome.",
    labelNames: ["outcome"],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
    registers,
  });
  return {
    show: (sources) => gauges(sources, registers),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    reconciled: (milliseconds, ok) => reconcile.observe({ result: ok ? "ok" : "error" }, milliseconds / 1000),
    nacked: (type) => nacks.inc({ type }),
    denied: ({ source, destination, reason, side }) =>
      denied.inc({
        [SOURCE_NAMESPACE]: source.namespace,
        [SOURCE_WORKLOAD_KIND]: source.kind,
        [SOURCE_WORKLOAD_NAME]: source.name,
        [DESTINATION_NAMESPACE]: destination?.namespace ?? "",
        [DESTINATION_SERVICE]: destination?.name ?? "",
        reason,
        side,
      }),
    injected: (outcome, seconds) => injections.observe({ outcome }, seconds),
  };
}

function gauges(sources: MetricsSources, registers: Registry[]): void {
  const gauge = (
    name: string,
    help: string,
    read: (set: (labels: Record<string, string>, value: number) => void) => void,
    labelNames: string[] = [],
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        read((labels, value) => this.set(labels, value));
      },
    });
  gauge(
    "meshdeck_proxies",
    "Connected sidecars, by whether they have everything they were sent.",
    (set) => {
      const synced = sources.proxies().filter((proxy) => proxy.types.every((type) => type.synced)).length;
      set({ synced: "true" }, synced);
      set({ synced: "false" }, sources.proxies().length - synced);
    },
    ["synced"],
  );
  gauge(
    "meshdeck_certificate_expiry_timestamp_seconds",
    "End of the root and of the workload certificate that ends first.",
    (set) => {
      const first = new Map<string, number>();
      for (const { kind, notAfter } of sources.certificates()) {
        first.set(kind, Math.min(first.get(kind) ?? Number.POSITIVE_INFINITY, Date.parse(notAfter) / 1000));
      }
      for (const [kind, end] of first) set({ kind }, end);
    },
    ["kind"],
  );
  gauge(
    "meshdeck_problems",
    "Problems of objects, by code.",
    (set) => {
      const counts = new Map<string, number>();
      for (const { code } of sources.problems()) counts.set(code, (counts.get(code) ?? 0) + 1);
      for (const [code, count] of counts) set({ code }, count);
    },
    ["code"],
  );
  gauge(
    "meshdeck_watch_connected",
    "1 while the watch of a resource is connected.",
    (set) => {
      for (const { resource, connected } of sources.watches()) set({ resource }, connected ? 1 : 0);
    },
    ["resource"],
  );
  gauge(
    "meshdeck_watch_last_event_timestamp_seconds",
    "When a resource's watch last heard from the API.",
    (set) => {
      for (const { resource, lastGoodAt } of sources.watches())
        if (lastGoodAt !== null) set({ resource }, lastGoodAt / 1000);
    },
    ["resource"],
  );
  gauge("meshdeck_leader", "1 on the replica that leads.", (set) => set({}, sources.leader() ? 1 : 0));
}
