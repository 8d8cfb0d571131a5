/** `/api/services/{namespace}/{name}` and `/api/workloads/{namespace}/{kind}/{name}`: everything about one of them. */
import { z } from "zod";
import { CertificateSchema } from "./admin";
import { SplitViewSchema } from "./splits";
import { PartialSchema, ProblemSchema, TopologyEdgeSchema, TopologyNodeSchema } from "./topology";

export const ServicePortSchema = z.object({
  port: z.number(),
  name: z.string(),
  protocol: z.enum(["http", "grpc", "tcp", "tcp-server-first"]),
  /** Endpoints calls are sent to now. */
  endpointsReady: z.number(),
});

export const ServiceRouteSchema = z.object({
  /** `namespace/group` of the HTTPRouteGroup, and the match in it. */
  group: z.string(),
  match: z.string(),
  pathRegex: z.string(),
  methods: z.array(z.string()),
  headers: z.record(z.string(), z.string()),
  /** TrafficTargets (`namespace/name`) that let somebody call it. */
  policies: z.array(z.string()),
});

/** One rule of a TrafficTarget that is in force. */
export const ServiceGrantSchema = z.object({
  /** `namespace/name` of the TrafficTarget. */
  target: z.string(),
  /** Name of the policy in Envoy. */
  policy: z.string(),
  /** Identity keys. */
  sources: z.array(z.string()),
  destination: z.string(),
  /** `group/match`; null: every connection on the ports. */
  route: z.string().nullable(),
  /** Empty: every port. */
  ports: z.array(z.number()),
  /** Calls it let in; null when that is not counted. */
  requestsPerSecond: z.number().nullable(),
  /** Unix milliseconds; null: not within the last hour, or not known. */
  lastUsedAt: z.number().nullable(),
});

export const PodContainerSchema = z.object({
  name: z.string(),
  sidecar: z.boolean(),
  ready: z.boolean(),
  restarts: z.number(),
  /** `running`, or why it is not: `CrashLoopBackOff`, `Completed`. */
  state: z.string(),
  image: z.string(),
});

export const ServicePodSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  /** Node id of what owns it. */
  workload: z.string(),
  phase: z.string(),
  ready: z.boolean(),
  address: z.string().nullable(),
  /** The Kubernetes node it runs on. */
  node: z.string().nullable(),
  version: z.string().nullable(),
  /** RFC 3339. */
  createdAt: z.string().nullable(),
  containers: z.array(PodContainerSchema),
  /** Its sidecar as the controller sees it; null: it has none that is connected, or the controller does not answer. */
  proxy: z
    .object({
      id: z.string(),
      connectedAt: z.string(),
      envoyVersion: z.string().nullable(),
      synced: z.boolean(),
      nack: z.object({ type: z.string(), at: z.string(), message: z.string() }).nullable(),
    })
    .nullable(),
  /** It carries a sidecar. */
  meshed: z.boolean(),
});

export const ServiceIdentitySchema = z.object({
  key: z.string(),
  spiffeId: z.string(),
  certificate: CertificateSchema.nullable(),
});

export const ServiceDetailSchema = z.object({
  at: z.number(),
  windowSeconds: z.number(),
  policyMode: z.enum(["permissive", "smi"]),
  node: TopologyNodeSchema,
  /** For a service the workloads behind it, for a workload the services it backs. */
  related: z.array(TopologyNodeSchema),
  /** null for a workload, and for a service that only figures know. */
  service: z
    .object({ fqdn: z.string(), clusterIP: z.string().nullable(), ports: z.array(ServicePortSchema) })
    .nullable(),
  /** Edges to it. A workload's are those to the services it backs. */
  callers: z.array(TopologyEdgeSchema),
  /** Edges from its workloads. */
  callees: z.array(TopologyEdgeSchema),
  /** Splits it is the root of or a backend in. */
  splits: z.array(SplitViewSchema.omit({ object: true })),
  routes: z.array(ServiceRouteSchema),
  grantsIn: z.array(ServiceGrantSchema),
  grantsOut: z.array(ServiceGrantSchema),
  identities: z.array(ServiceIdentitySchema),
  /** What signed the certificates; null when the controller has not said. */
  root: CertificateSchema.nullable(),
  pods: z.array(ServicePodSchema),
  problems: z.array(ProblemSchema),
  queries: z.object({ count: z.number(), ms: z.number() }),
  partial: z.array(PartialSchema),
});

export const KubeEventSchema = z.object({
  /** Unix milliseconds it was last seen. */
  at: z.number(),
  /** Unix milliseconds of the first time; the same when there was one. */
  since: z.number(),
  type: z.enum(["Normal", "Warning"]),
  reason: z.string(),
  message: z.string(),
  count: z.number(),
  /** Who reported it. */
  from: z.string(),
  object: z.object({ kind: z.string(), namespace: z.string(), name: z.string() }),
});

/** `/api/events`. Newest first, at most 300. */
export const KubeEventsSchema = z.object({ items: z.array(KubeEventSchema) });

/** `/api/services/trends`: requests a second of every service over the last minutes, on one grid. */
export const ServiceTrendsSchema = z.object({
  /** End of the range, unix milliseconds. */
  at: z.number(),
  stepSeconds: z.number(),
  /** By service key; null where nothing was measured. */
  services: z.record(z.string(), z.array(z.number().nullable())),
  queries: z.object({ count: z.number(), ms: z.number() }),
});

export type ServiceDetail = z.infer<typeof ServiceDetailSchema>;
export type ServiceGrant = z.infer<typeof ServiceGrantSchema>;
export type ServiceRoute = z.infer<typeof ServiceRouteSchema>;
export type ServicePod = z.infer<typeof ServicePodSchema>;
export type ServiceIdentity = z.infer<typeof ServiceIdentitySchema>;
export type KubeEvent = z.infer<typeof KubeEventSchema>;
export type KubeEvents = z.infer<typeof KubeEventsSchema>;
export type ServiceTrends = z.infer<typeof ServiceTrendsSchema>;
