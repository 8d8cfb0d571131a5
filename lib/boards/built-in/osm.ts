/**
 * What OSM's Grafana dashboards showed, on the measures there are here. Where OSM drew something a mesh's own telemetry does
 * not have, `missing` says so. Bytes sent and received are the right way round: two of OSM's dashboards had them swapped.
 */
import type { MeasureId } from "../measures";
import { type BuiltInBoard, scoped, series, top } from "./board";

const GROUP = "As OSM's Grafana";
/** The eight series of OSM's "Connection/Request errors". */
const BELOW_HTTP: MeasureId[] = [
  "closedByService",
  "connectTimeouts",
  "closedByCaller",
  "ejected",
  "overflowed",
  "timeouts",
  "resetByService",
  "resetByCaller",
];

export const OSM_SERVICE_TO_SERVICE: BuiltInBoard = {
  id: "osm-service-to-service",
  title: "Service to service",
  group: GROUP,
  about: "Calls of one namespace to one service.",
  needs: ["service"],
  takes: ["namespace", "service"],
  panels: ({ namespace, service }) => {
    const call = scoped({ from: namespace, to: service });
    return [
      series("Success count", ["succeeded"], call),
      series("Failure count", ["notSucceeded"], call),
      series("Active connections", ["active"], call),
      series("Traffic", ["sent", "received"], call),
      series("Connection and request errors", BELOW_HTTP, { ...call, w: 12, h: 5 }),
    ];
  },
  missing: [
    {
      panel: "Variable source_service",
      why: "A caller is a workload here, told by its namespace, kind and name; the pod label app names no service. Choose the caller on the board Workload to service.",
    },
  ],
};

export const OSM_POD_TO_SERVICE: BuiltInBoard = {
  id: "osm-pod-to-service",
  title: "Pod to service",
  group: GROUP,
  about: "What the pods of one workload call, pod by pod.",
  needs: ["workload"],
  takes: ["workload"],
  panels: ({ workload }) => {
    const call = { ...scoped({ from: workload }), by: "pod" } as const;
    return [
      series("Successful requests", ["succeeded"], call),
      series("Failed requests", ["notSucceeded"], call),
      series("All requests", ["requests"], call),
      series("Active connections", ["active"], call),
      series("Bytes sent", ["sent"], call),
      series("Bytes received", ["received"], call),
      series("Connection and request errors", BELOW_HTTP, { ...scoped({ from: workload }), w: 12, h: 5 }),
    ];
  },
};

export const OSM_WORKLOAD_TO_SERVICE: BuiltInBoard = {
  id: "osm-workload-to-service",
  title: "Workload to service",
  group: GROUP,
  about: "What one workload calls, service by service.",
  needs: ["workload"],
  takes: ["workload"],
  panels: ({ workload }) => {
    const call = { ...scoped({ from: workload }), by: "service" } as const;
    return [
      series("Successful requests", ["succeeded"], call),
      series("Failed requests", ["notSucceeded"], call),
      series("All requests", ["requests"], call),
      series("Active connections", ["active"], call),
      series("Bytes sent", ["sent"], call),
      series("Bytes received", ["received"], call),
      series("Connection and request errors", BELOW_HTTP, { ...scoped({ from: workload }), w: 12, h: 5 }),
    ];
  },
};

export const OSM_WORKLOAD_TO_WORKLOAD: BuiltInBoard = {
  id: "osm-workload-to-workload",
  title: "Workload to workload",
  group: GROUP,
  about: "Latency of what one workload calls.",
  needs: ["workload"],
  takes: ["workload"],
  panels: ({ workload }) => {
    const call = { ...scoped({ from: workload }), by: "service", w: 12 } as const;
    return [
      series("P99 latency", ["p99"], call),
      series("P90 latency", ["p95"], call),
      series("P50 latency", ["p50"], call),
    ];
  },
  missing: [
    {
      panel: "Variable source_pod",
      why: "OSM's panels answered nothing for All. Look at one pod on the board Pod to service.",
    },
    { panel: "P90", why: "The middle percentile is p95 everywhere here, so that charts compare." },
    {
      panel: "By destination workload",
      why: "OSM had it from a WASM filter. Envoy's own statistics name the service that was called.",
    },
  ],
};

export const OSM_CONTROL_PLANE: BuiltInBoard = {
  id: "osm-control-plane",
  title: "Control plane performance",
  group: GROUP,
  about: "Sidecars and their link to the controller.",
  needs: [],
  takes: [],
  panels: () => [
    series("Connected sidecars", ["proxies"]),
    series("Refused configurations", ["nacks"], { by: "type" }),
    series("From a change to what is sent", ["reconcileP50", "reconcileP95", "reconcileP99"]),
    series("Admission of pods: how long", ["injectionP50", "injectionP99"]),
  ],
  missing: [
    {
      panel: "Success count, Failure count, Traffic to osm-controller",
      why: "They counted bytes and requests of one long stream for each sidecar, which says nothing of its work. The board Control plane shows what it does.",
    },
  ],
};

export const OSM_DATA_PLANE: BuiltInBoard = {
  id: "osm-data-plane",
  title: "Data plane performance",
  group: GROUP,
  about: "What sidecars need.",
  needs: [],
  takes: ["namespace"],
  panels: ({ namespace }) => {
    const from = scoped({ from: namespace });
    return [
      series("Memory of sidecars by pod", ["sidecarMemory"], { ...from, by: "pod" }),
      series("Memory of sidecars by namespace", ["sidecarMemory"], { ...from, by: "namespace" }),
      top("Largest sidecars", "sidecarMemory", "pod", from),
      top("Sidecars alive", "sidecars", "namespace", from),
    ];
  },
  missing: [
    {
      panel: "CPU and memory of the envoy container and of other containers",
      why: "container_cpu_usage_seconds_total and container_memory_rss come from the kubelet (cAdvisor), not from the mesh: they are not in this store. Memory here is what Envoy says of itself.",
    },
  ],
};

export const OSM_MESH_AND_ENVOY: BuiltInBoard = {
  id: "osm-mesh-and-envoy",
  title: "Mesh and Envoy details",
  group: GROUP,
  about: "The controller and the configuration of sidecars.",
  needs: [],
  takes: [],
  panels: () => [
    series("Connected sidecars", ["proxies"], { by: "synced" }),
    series("CPU of the controller", ["controllerCpu"]),
    series("Memory of the controller", ["controllerMemory"]),
    series("Configuration updates", ["reconciles"], { by: "result" }),
    series("Time of configuration updates", ["reconcileP50", "reconcileP95", "reconcileP99"]),
    series("Injector: admission reviews", ["injections"], { by: "outcome" }),
    series("Injector: how long", ["injectionP50", "injectionP99"]),
    series("Refused configurations", ["nacks"], { by: "type" }),
    series("Problems by code", ["problems"], { by: "code" }),
  ],
  missing: [
    {
      panel: "Namespaces in the mesh",
      why: "No metric counts them. The page Namespaces lists them.",
    },
    {
      panel: "Time to issue a certificate",
      why: "Issuing is not measured; certificates and when they end are on the board Security.",
    },
    {
      panel: "Error codes (osm_error_err_code_count)",
      why: "Problems are told at the objects that have them; Problems by code counts them.",
    },
  ],
};
