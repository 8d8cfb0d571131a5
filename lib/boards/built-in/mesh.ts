/** Our own boards. */
import type { ChartPart } from "@/lib/metrics/chart-queries";
import type { Flowing } from "../flow";
import type { SubjectSource } from "../panel";
import { type BuiltInBoard, scoped, series, stat, top } from "./board";

const FAILING = [{ value: 0.01, label: "1 %" }];

export const MESH: BuiltInBoard = {
  id: "mesh",
  title: "Mesh",
  group: "Mesh",
  about: "Calls, failures, refusals and latency of everything in the mesh, and where most of it is.",
  needs: [],
  takes: ["namespace"],
  panels: ({ namespace }) => {
    const to = scoped({ to: namespace });
    return [
      stat("Requests", "requests", to),
      stat("Failing", "errorRatio", { ...to, thresholds: FAILING }),
      stat("Denied", "denied", to),
      stat("p95 latency", "p95", to),
      series("Requests, errors and denied calls", ["requests", "errors", "denied"], to),
      series("Latency", ["p50", "p95", "p99"], to),
      series("Share of failing requests", ["errorRatio"], { ...to, thresholds: FAILING }),
      series("Bytes", ["received", "sent"], to),
      top("Busiest services", "requests", "service", { ...to, w: 4 }),
      top("Services that fail most", "errorRatio", "service", { ...to, w: 4 }),
      top("Slowest services, p99", "p99", "service", { ...to, w: 4 }),
    ];
  },
};

/** What is known of one subject in any mesh, whatever it counts its calls by; one query for all of it. */
function ofSubject(title: string, subject: SubjectSource["subject"], parts: ChartPart[]): Flowing {
  return { kind: "series", w: 6, h: 4, title, source: { of: "subject", subject, parts } };
}

export const SERVICE: BuiltInBoard = {
  id: "service",
  title: "Service",
  group: "Mesh",
  about: "One service as its callers see it, and who they are.",
  needs: ["service"],
  takes: ["service"],
  panels: ({ service }) => {
    if (service === null) return [];
    const to = { to: service };
    const subject = { kind: "service", service } as const;
    return [
      stat("Requests", "requests", to),
      stat("Failing", "errorRatio", { ...to, thresholds: FAILING }),
      stat("Denied", "denied", to),
      stat("p99 latency", "p99", to),
      ofSubject("Requests, errors and denied calls", subject, ["requests", "errors", "denied"]),
      ofSubject("Latency", subject, ["p50", "p95", "p99"]),
      series("Requests by response class", ["requests"], { ...to, by: "class" }),
      series("Connections opened and failed", ["opened", "connectFailures"], to),
      ofSubject("Bytes", subject, ["received", "sent"]),
      series("Requests by caller", ["requests"], { ...to, by: "workload" }),
      top("Callers that fail most", "errorRatio", "workload", to),
      top("Callers that are denied", "denied", "workload", to),
    ];
  },
};

export const WORKLOAD: BuiltInBoard = {
  id: "workload",
  title: "Workload",
  group: "Mesh",
  about: "What one workload receives and what it calls.",
  needs: ["workload"],
  takes: ["workload"],
  panels: ({ workload }) => {
    if (workload === null) return [];
    const out = { from: workload };
    const subject = (direction: "in" | "out") => ({ kind: "workload", workload, direction }) as const;
    const received = { ...out, side: "server" } as const;
    return [
      ofSubject("Received: requests and errors", subject("in"), ["requests", "errors"]),
      ofSubject("Received: latency in the application", subject("in"), ["p50", "p95", "p99"]),
      ofSubject("Called: requests, errors and denied", subject("out"), ["requests", "errors", "denied"]),
      ofSubject("Called: latency", subject("out"), ["p50", "p95", "p99"]),
      series("Requests by pod", ["requests"], { ...received, by: "pod" }),
      series("Requests by service called", ["requests"], { ...out, by: "service" }),
      top("Called services that fail most", "errorRatio", "service", out),
      top("Memory of its sidecars", "sidecarMemory", "pod", out),
    ];
  },
};

export const SPLIT: BuiltInBoard = {
  id: "split",
  title: "Split",
  group: "Mesh",
  about: "The backends of a TrafficSplit beside each other.",
  needs: ["split"],
  takes: ["split"],
  panels: ({ split }) => {
    if (split === null) return [];
    const source = { of: "subject", subject: { kind: "split", split } } as const;
    const panel = { kind: "series", w: 6, h: 5 } as const;
    return [
      { ...panel, title: "Requests by backend", source: { ...source, parts: ["requests"] } },
      { ...panel, title: "Errors by backend", source: { ...source, parts: ["errors"] } },
      { ...panel, title: "p50 by backend", source: { ...source, parts: ["p50"] } },
      { ...panel, title: "p99 by backend", source: { ...source, parts: ["p99"] } },
    ];
  },
};

export const SECURITY: BuiltInBoard = {
  id: "security",
  title: "Security",
  group: "Mesh",
  about: "Refused calls, TLS handshakes and certificates.",
  needs: [],
  takes: ["namespace"],
  panels: ({ namespace }) => {
    const to = scoped({ to: namespace });
    return [
      stat("Denied", "denied", to),
      stat("TLS handshakes", "handshakes", to),
      stat("First workload certificate to end, or root", "certificateLeft", {
        w: 6,
        thresholds: [{ value: 3600, label: "1 h" }],
      }),
      series("Denied by reason", ["denied"], { ...to, by: "reason" }),
      series("Denied by the side that refused", ["denied"], { ...to, by: "side" }),
      series("Connections opened and TLS handshakes", ["opened", "handshakes"], to),
      series("Time left of certificates", ["certificateLeft"], { by: "kind" }),
      top("Callers that are denied most", "denied", "workload", to),
      top("Services that are asked without permission", "denied", "service", to),
    ];
  },
};

export const CONTROL_PLANE: BuiltInBoard = {
  id: "control-plane",
  title: "Control plane",
  group: "Mesh",
  about: "The controller: what it sends, how long it takes, what it needs.",
  needs: [],
  takes: [],
  panels: () => [
    stat("Connected sidecars", "proxies"),
    stat("Behind", "unsynced", { thresholds: [{ value: 1, label: "1" }] }),
    stat("Refused configurations", "nacks"),
    stat("Problems", "problems"),
    series("Sidecars in step and behind", ["proxies"], { by: "synced" }),
    series("From a change to what is sent", ["reconcileP50", "reconcileP95", "reconcileP99"]),
    series("Reconciles", ["reconciles"], { by: "result" }),
    series("Refused configurations by type", ["nacks"], { by: "type" }),
    series("Admission of pods: how long", ["injectionP50", "injectionP99"]),
    series("Admission of pods by outcome", ["injections"], { by: "outcome" }),
    series("CPU of the controller", ["controllerCpu"]),
    series("Memory of the controller", ["controllerMemory"]),
    series("Problems by code", ["problems"], { by: "code" }),
    series("Time left of certificates", ["certificateLeft"], { by: "kind" }),
  ],
};

export const PROXIES: BuiltInBoard = {
  id: "proxies",
  title: "Sidecars",
  group: "Mesh",
  about: "Every Envoy: alive, its memory, its connections.",
  needs: [],
  takes: ["namespace"],
  panels: ({ namespace }) => {
    const from = scoped({ from: namespace });
    return [
      stat("Sidecars alive", "sidecars", { ...from, w: 4 }),
      stat("Memory of all", "sidecarMemory", { ...from, w: 4 }),
      stat("Largest", "largestSidecar", { ...from, w: 4 }),
      series("Sidecars alive by namespace", ["sidecars"], { ...from, by: "namespace" }),
      series("Memory by namespace", ["sidecarMemory"], { ...from, by: "namespace" }),
      series("Open connections to services", ["active"], from),
      series("Connections opened and failed", ["opened", "connectFailures"], from),
      top("Largest sidecars", "sidecarMemory", "pod", from),
      top("Most open connections", "active", "pod", from),
    ];
  },
};
