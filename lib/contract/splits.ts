/** `/api/splits`: every TrafficSplit with what it asks for beside what happens. */
import { z } from "zod";
import { KubeObjectSchema, ManagedBySchema, ObservedShareSchema } from "./shared";
import { LatencySchema, PartialSchema, ProblemSchema } from "./topology";

export const SplitBackendViewSchema = z.object({
  /** Service name, in the split's namespace. */
  service: z.string(),
  /** The version label its pods share, if any. */
  version: z.string().nullable(),
  /** As written; relative to the other backends. */
  weight: z.number(),
  /** What the weights ask for, 0 to 1; 0 when all weights are 0. */
  desiredShare: z.number(),
  /** `without-port`: it lacks the root's port and gets no share there. */
  state: z.enum(["ok", "missing", "without-port"]),
  /** Its share of the calls of the window; null when there were none. */
  observed: ObservedShareSchema.nullable(),
  requestsPerSecond: z.number(),
  /** 5xx, of requestsPerSecond; null when idle. */
  errorRatio: z.number().nullable(),
  /** Milliseconds; null without samples. */
  latencyMs: LatencySchema.nullable(),
});

export const SplitViewSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  /** The version it is stored in and is written back in. */
  apiVersion: z.string(),
  resourceVersion: z.string(),
  /** The root service as written. */
  service: z.string(),
  /** Key (`namespace/name`) of the root service; null when the object cannot be read. */
  root: z.string().nullable(),
  /** Names of HTTPRouteGroups it is limited to. */
  matches: z.array(z.string()),
  /** Whether it steers calls now. Otherwise its problems say why not. */
  inForce: z.boolean(),
  /** Calls to all its backends together. */
  requestsPerSecond: z.number(),
  problems: z.array(ProblemSchema),
  managedBy: ManagedBySchema.nullable(),
  backends: z.array(SplitBackendViewSchema),
  object: KubeObjectSchema,
});

export const SplitsSchema = z.object({
  /** Unix milliseconds the figures are for. */
  at: z.number(),
  windowSeconds: z.number(),
  items: z.array(SplitViewSchema),
  partial: z.array(PartialSchema),
});

export type SplitBackendView = z.infer<typeof SplitBackendViewSchema>;
export type SplitView = z.infer<typeof SplitViewSchema>;
export type Splits = z.infer<typeof SplitsSchema>;
