/** `/api/access`: who may call whom, and who does. Identities and services are keys (`namespace/name`). */
import { z } from "zod";
import { KubeObjectSchema, ManagedBySchema } from "./shared";
import { PartialSchema, ProblemSchema } from "./topology";

export const AccessIdentitySchema = z.object({
  key: z.string(),
  namespace: z.string(),
  serviceAccount: z.string(),
  spiffeId: z.string(),
  /** Node ids of the workloads that run as it. */
  workloads: z.array(z.string()),
});

export const AccessDestinationSchema = z.object({
  /** Service key. */
  key: z.string(),
  namespace: z.string(),
  name: z.string(),
  protocol: z.enum(["http", "grpc", "tcp"]),
  /** Identity keys of the pods that answer: for the root of a split those of its backends. A grant names one of these. */
  identities: z.array(z.string()),
  /** The TrafficSplit (`namespace/name`) whose root it is. */
  split: z.string().nullable(),
});

export const AccessCellSchema = z.object({
  /** Identity key. */
  source: z.string(),
  /** Service key. */
  destination: z.string(),
  /** permissive: no policy is asked. Cells of pairs that neither may nor did call are left out. */
  state: z.enum(["used", "unused", "denied", "partly-denied", "permissive"]),
  requestsPerSecond: z.number(),
  deniedPerSecond: z.number(),
  /** TrafficTargets (`namespace/name`) that allow it. */
  policies: z.array(z.string()),
  /** Routes it may call, `group/match` or `port 3306`. */
  routes: z.array(z.string()),
});

export const AccessGrantSchema = z.object({
  /** Name of the policy in Envoy. */
  policy: z.string(),
  /** The match of an HTTPRouteGroup; null for TCP. */
  route: z
    .object({
      group: z.string(),
      match: z.string(),
      pathRegex: z.string(),
      methods: z.array(z.string()),
      headers: z.record(z.string(), z.string()),
    })
    .nullable(),
  /** Empty: every port. */
  ports: z.array(z.number()),
  /** Calls it let in; null when that is not counted here. */
  requestsPerSecond: z.number().nullable(),
});

export const AccessPolicySchema = z.object({
  namespace: z.string(),
  name: z.string(),
  apiVersion: z.string(),
  resourceVersion: z.string(),
  /** Identity keys. */
  sources: z.array(z.string()),
  destination: z.string().nullable(),
  /** In force. */
  grants: z.array(AccessGrantSchema),
  /** Calls in the window it let in, as far as can be told. */
  requestsPerSecond: z.number().nullable(),
  /** Unix milliseconds; null: not within what the metrics store remembers, or not known. */
  lastUsedAt: z.number().nullable(),
  problems: z.array(ProblemSchema),
  managedBy: ManagedBySchema.nullable(),
  object: KubeObjectSchema,
});

export const AccessSchema = z.object({
  at: z.number(),
  windowSeconds: z.number(),
  policyMode: z.enum(["permissive", "smi"]),
  identities: z.array(AccessIdentitySchema),
  destinations: z.array(AccessDestinationSchema),
  cells: z.array(AccessCellSchema),
  policies: z.array(AccessPolicySchema),
  problems: z.array(ProblemSchema),
  partial: z.array(PartialSchema),
});

/** GET /api/access/explain: what the mesh answers to one call, and why. */
export const ExplanationSchema = z.object({
  /** Every destination the call may be sent to lets it in. */
  allowed: z.boolean(),
  /** Allowed because the mesh asks for no policy. */
  permissive: z.boolean(),
  /** Only some of the split's backends let it in. */
  partial: z.boolean(),
  /** Policies that let it in: the TrafficTarget (`namespace/name`), Envoy's name, and the route as `group/match`. */
  grants: z.array(z.object({ target: z.string(), policy: z.string(), route: z.string().nullable() })),
  /** What keeps it out, one for each destination identity. */
  missing: z.array(
    z.object({
      reason: z.string(),
      sentence: z.string(),
      hint: z.string(),
      /** Service and identity keys of the destination that refuses; null when the call names none. */
      service: z.string().nullable(),
      identity: z.string().nullable(),
    }),
  ),
  /** Parts of the call that were not given and on which the grants depend. */
  dependsOn: z.array(z.enum(["method", "path", "headers"])),
});

export type AccessIdentity = z.infer<typeof AccessIdentitySchema>;
export type AccessDestination = z.infer<typeof AccessDestinationSchema>;
export type AccessCell = z.infer<typeof AccessCellSchema>;
export type AccessPolicy = z.infer<typeof AccessPolicySchema>;
export type Access = z.infer<typeof AccessSchema>;
export type ExplanationBody = z.infer<typeof ExplanationSchema>;
