/** GET /v1/calls of the controller: calls that were refused or failed and a sample of the rest, newest first. */
import { z } from "zod";

export const CallSchema = z.object({
  /** Unix milliseconds. */
  at: z.number(),
  /** Whose sidecar told it. */
  side: z.enum(["client", "server"]),
  pod: z.string().nullable(),
  workload: z.string().nullable(),
  /** Identity keys. */
  sourceIdentity: z.string().nullable(),
  destinationIdentity: z.string().nullable(),
  /** Node id. */
  sourceWorkload: z.string().nullable(),
  /** Service key. */
  destinationService: z.string().nullable(),
  protocol: z.enum(["http", "tcp"]),
  method: z.string().nullable(),
  path: z.string().nullable(),
  status: z.number().nullable(),
  /** Envoy's response code details. */
  details: z.string().nullable(),
  durationMs: z.number().nullable(),
  denied: z.boolean(),
  /** The policy that let it in, when known. */
  policy: z.string().nullable(),
});

export const CallsSchema = z.object({ items: z.array(CallSchema) });

export type Call = z.infer<typeof CallSchema>;
