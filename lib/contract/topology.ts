/** `/api/topology`: the service graph at one instant. Node ids are `namespace/kind/name`; source and target are node ids. */
import { z } from "zod";

export const LatencySchema = z.object({
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});

export const TopologyNodeSchema = z.object({
  id: z.string(),
  /** `service`, or the owner's kind in lower case: deployment, statefulset, daemonset, job, pod; `external` outside the mesh. */
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  meshed: z.boolean(),
  /** The version label its pods share, if any. */
  version: z.string().nullable(),
  /** Identity keys (`namespace/serviceaccount`). */
  identities: z.array(z.string()),
  /** For a service: node ids of the workloads behind it. For a workload: node ids of the services it backs. */
  related: z.array(z.string()),
  /** Pods; null for a node that has none of its own. */
  pods: z.object({ ready: z.number(), total: z.number() }).nullable(),
  /** The TrafficSplit (`namespace/name`) whose root this service is. */
  split: z.string().nullable(),
  protocol: z.enum(["http", "grpc", "tcp"]).nullable(),
  /** Calls it received and made, per second. */
  inPerSecond: z.number(),
  outPerSecond: z.number(),
  /** Share of received calls that failed (5xx); null when none were received. */
  errorRatio: z.number().nullable(),
  /** How many problems its objects have. */
  problems: z.number(),
});

export const TopologyEdgeSchema = z.object({
  /** `source>target`. */
  id: z.string(),
  source: z.string(),
  target: z.string(),
  protocol: z.enum(["http", "grpc", "tcp"]),
  /** HTTP: requests that reached the destination's sidecar. TCP: connections. */
  requestsPerSecond: z.number(),
  bytesPerSecond: z.number().nullable(),
  /** 5xx and failed connections, of requestsPerSecond; null when idle. */
  errorRatio: z.number().nullable(),
  deniedPerSecond: z.number(),
  /** Calls were refused in the window and none was let through. */
  denied: z.boolean(),
  /** 1: every connection was mutual TLS. null: no connection yet. */
  mtlsRatio: z.number().nullable(),
  mtls: z.boolean().nullable(),
  /** Milliseconds; null for TCP and without samples. */
  latencyMs: LatencySchema.nullable(),
  /** When the target is a backend of a split: its share of what this source sent to all backends of that split. */
  splitShare: z.number().nullable(),
  /** What the split asks for, 0 to 1. */
  desiredShare: z.number().nullable(),
  /** Node id of the split's root service. */
  splitRoot: z.string().nullable(),
  /** Policy lets the source call the target by at least one route. */
  allowed: z.boolean(),
  /** Names of the TrafficTargets (`namespace/name`) that allow it. */
  policies: z.array(z.string()),
});

export const ProblemSchema = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning"]),
  object: z.object({ kind: z.string(), namespace: z.string(), name: z.string() }),
  field: z.string(),
  message: z.string(),
});

/** A part of the answer that is missing or old, for example the metrics or the controller. */
export const PartialSchema = z.object({
  part: z.enum(["kubernetes", "metrics", "controller"]),
  message: z.string(),
  hint: z.string(),
  /** Unix milliseconds of the last good answer; null if there was none. */
  lastGoodAt: z.number().nullable(),
  /** Why; `away` when left out. `forbidden`: your rights do not reach so far. `budget`: it may cost no more for now. `unset`: nobody said where it is. */
  reason: z.enum(["away", "forbidden", "budget", "slow", "unset"]).optional(),
});

export const TopologySchema = z.object({
  /** Unix milliseconds the figures are for. */
  at: z.number(),
  /** Unix milliseconds of the percentiles, where they are older than the rest. */
  latencyAt: z.number().optional(),
  windowSeconds: z.number(),
  policyMode: z.enum(["permissive", "smi"]),
  nodes: z.array(TopologyNodeSchema),
  edges: z.array(TopologyEdgeSchema),
  queries: z.object({ count: z.number(), ms: z.number() }),
  problems: z.array(ProblemSchema),
  partial: z.array(PartialSchema),
});

export type TopologyNode = z.infer<typeof TopologyNodeSchema>;
export type TopologyEdge = z.infer<typeof TopologyEdgeSchema>;
export type Topology = z.infer<typeof TopologySchema>;
export type Partial = z.infer<typeof PartialSchema>;
