/** GET /v1/call-kinds of the controller: the calls of the last hour it was told of, added up by kind. */
import { z } from "zod";

export const CallKindSchema = z.object({
  /** Identity keys; null when the caller showed no certificate of the mesh, or nobody knows who would have answered. */
  sourceIdentity: z.string().nullable(),
  destinationIdentity: z.string().nullable(),
  /** Service key; null when the call named no service of the mesh. */
  destinationService: z.string().nullable(),
  /** Who told it: the caller's sidecar only tells what it refused itself. */
  side: z.enum(["client", "server"]),
  protocol: z.enum(["http", "tcp"]),
  method: z.string().nullable(),
  /** The path with `{id}` for what names one thing of many, and the last whole path of it, without its query. */
  pathTemplate: z.string().nullable(),
  path: z.string().nullable(),
  /** denied: by policy. failed: answered 400 or more. Every such call is told; of the others a sample. */
  outcome: z.enum(["passed", "failed", "denied"]),
  /** Name of the policy that let it in. */
  policy: z.string().nullable(),
  count: z.number(),
  /** Unix milliseconds. */
  firstAt: z.number(),
  lastAt: z.number(),
});

export const CallKindsSchema = z.object({
  /** Unix milliseconds from which on calls were counted. */
  since: z.number(),
  /** Share of passed calls that sidecars tell of, 0 to 1. */
  sampleShare: z.number(),
  /** Calls that were not counted because there were too many kinds. */
  dropped: z.number(),
  items: z.array(CallKindSchema),
});

export type CallKind = z.infer<typeof CallKindSchema>;
export type CallKinds = z.infer<typeof CallKindsSchema>;
