/** `/api/security`: what is encrypted, by which certificates, and what was refused. */
import { z } from "zod";
import { CertificateSchema } from "./admin";
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
  kind: z.enum(["edge", "pod"]),
  /** Edge id or pod key. */
  id: z.string(),
  namespace: z.string(),
  reason: z.string(),
  hint: z.string(),
});

export const SecuritySchema = z.object({
  at: z.number(),
  windowSeconds: z.number(),
  /** Share of calls that were encrypted, 0 to 1; null when there were none. */
  encryptedShare: z.number().nullable(),
  edges: z.array(SecurityEdgeSchema),
  workloads: z.array(SecurityWorkloadSchema),
  root: CertificateSchema.nullable(),
  plaintext: z.array(PlaintextSchema),
  /** Pods of meshed namespaces that have no sidecar. */
  podsWithoutSidecar: z.array(z.object({ namespace: z.string(), name: z.string(), reason: z.string() })),
  /** Newest first. */
  deniedCalls: z.array(CallSchema.extend({ why: z.string() })),
  partial: z.array(PartialSchema),
});

export type SecurityEdge = z.infer<typeof SecurityEdgeSchema>;
export type SecurityWorkload = z.infer<typeof SecurityWorkloadSchema>;
export type Plaintext = z.infer<typeof PlaintextSchema>;
export type DeniedCall = Security["deniedCalls"][number];
export type Security = z.infer<typeof SecuritySchema>;
