/** `/api/security`: what is encrypted, by which certificates, and what was refused. */
import { z } from "zod";
import { CertificateSchema } from "./admin";
import { CallKindSchema } from "./call-kinds";
import { CallSchema } from "./calls";
import { PartialSchema } from "./topology";

export const SecurityEdgeSchema = z.object({
  /** `source>target`, node ids. */
  id: z.string(),
  source: z.string(),
  target: z.string(),
  protocol: z.enum(["http", "grpc", "tcp"]),
  requestsPerSecond: z.number(),
  deniedPerSecond: z.number(),
  /** 1: every connection was mutual TLS. null: no connection yet. */
  mtlsRatio: z.number().nullable(),
  encrypted: z.boolean().nullable(),
  /** Identity keys of both ends. */
  sourceIdentities: z.array(z.string()),
  targetIdentities: z.array(z.string()),
});

export const SecurityWorkloadSchema = z.object({
  /** Node id. */
  id: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  pods: z.object({ total: z.number(), withSidecar: z.number(), connected: z.number() }),
  identities: z.array(
    z.object({
      key: z.string(),
      spiffeId: z.string(),
      /** What its sidecars present to each other; null when the controller has not said. */
      certificate: CertificateSchema.nullable(),
    }),
  ),
});

/** A place where a call can be read on its way. */
export const PlaintextSchema = z.object({
  kind: z.enum(["edge", "workload"]),
  /** Edge id or node id. */
  id: z.string(),
  namespace: z.string(),
  reason: z.string(),
  hint: z.string(),
});

/** A workload of which some pods have no sidecar. */
export const WithoutSidecarSchema = z.object({
  /** Node id. */
  id: z.string(),
  namespace: z.string(),
  kind: z.string(),
  name: z.string(),
  /** How many of its pods. */
  pods: z.number(),
  reason: z.enum(["not-meshed", "not-asked-for", "opted-out", "host-network", "started-before"]),
  sentence: z.string(),
  remedy: z.string(),
  /** What does it; null when a command cannot. */
  command: z.string().nullable(),
});

/** Calls from one namespace to another, in the window. */
export const SecurityFlowSchema = z.object({
  source: z.string(),
  target: z.string(),
  edges: z.number(),
  /** Edges on which a connection was made without mutual TLS. */
  plaintextEdges: z.number(),
  requestsPerSecond: z.number(),
  deniedPerSecond: z.number(),
  /** Share of calls that were encrypted; null: no connection yet. */
  encryptedShare: z.number().nullable(),
});

/** Refused calls of one kind in the last hour, as the controller was told of them. */
export const DeniedKindSchema = CallKindSchema.extend({
  id: z.string(),
  why: z.string(),
  /** By the policy of now the call would be let in. */
  allowedNow: z.boolean(),
});

export const SecurityCertificateSchema = CertificateSchema.extend({
  id: z.string(),
  /** What shows it, in words: `2 pods`, `bookbuyer/bookbuyer-1`. */
  shownBy: z.string(),
});

export const SecuritySchema = z.object({
  at: z.number(),
  windowSeconds: z.number(),
  /** Share of calls that were encrypted, 0 to 1; null when there were none. */
  encryptedShare: z.number().nullable(),
  queries: z.object({ count: z.number(), ms: z.number() }),
  edges: z.array(SecurityEdgeSchema),
  workloads: z.array(SecurityWorkloadSchema),
  root: CertificateSchema.nullable(),
  plaintext: z.array(PlaintextSchema),
  withoutSidecar: z.array(WithoutSidecarSchema),
  /** Sorted by source, then target. */
  flows: z.array(SecurityFlowSchema),
  /** The first to end comes first. */
  certificates: z.array(SecurityCertificateSchema),
  /** Since when (unix milliseconds), and by kind, the last told first; null when the controller is away. */
  denied: z.object({ since: z.number(), dropped: z.number(), kinds: z.array(DeniedKindSchema) }).nullable(),
  /** The last ones, newest first. */
  deniedCalls: z.array(CallSchema.extend({ why: z.string() })),
  partial: z.array(PartialSchema),
});

export type SecurityEdge = z.infer<typeof SecurityEdgeSchema>;
export type SecurityWorkload = z.infer<typeof SecurityWorkloadSchema>;
export type WithoutSidecar = z.infer<typeof WithoutSidecarSchema>;
export type SecurityFlow = z.infer<typeof SecurityFlowSchema>;
export type DeniedKind = z.infer<typeof DeniedKindSchema>;
export type SecurityCertificate = z.infer<typeof SecurityCertificateSchema>;
export type Plaintext = z.infer<typeof PlaintextSchema>;
export type DeniedCall = Security["deniedCalls"][number];
export type Security = z.infer<typeof SecuritySchema>;
