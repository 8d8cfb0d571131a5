/** POST /api/what-if: what a change would do to the calls of the last minute, before it is made. */
import { z } from "zod";
import { KubeObjectSchema, ObjectRefSchema } from "./shared";
import { ProblemSchema } from "./topology";

/** Objects to lay over the live ones, or to take away, all at once. */
export const WhatIfSchema = z
  .object({
    put: z.array(KubeObjectSchema).max(50).default([]),
    remove: z.array(ObjectRefSchema).max(50).default([]),
  })
  .refine((change) => change.put.length + change.remove.length > 0, { error: "names nothing to put or remove" });

export const AccessChangeSchema = z.object({
  /** Identity key. */
  source: z.string(),
  /** Service key. */
  destination: z.string(),
  /** Calls observed over the last minute: let through for nowDenied, refused for nowAllowed. */
  requestsPerSecond: z.number(),
});

export const WhatIfResultSchema = z.object({
  /** Calls that were made and would be refused. */
  nowDenied: z.array(AccessChangeSchema),
  /** Pairs that may call after the change and may not now. */
  nowAllowed: z.array(AccessChangeSchema),
  problems: z.object({ added: z.array(ProblemSchema), removed: z.array(ProblemSchema) }),
  /** False when the metrics are away: then nobody knows which calls were made. */
  observed: z.boolean(),
});

export type WhatIfChange = z.input<typeof WhatIfSchema>;
export type WhatIfResult = z.infer<typeof WhatIfResultSchema>;
