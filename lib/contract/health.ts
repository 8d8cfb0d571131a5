/** `/api/health`: the dashboard and the parts it leans on, by name. */
import { z } from "zod";

export const HealthPartSchema = z.object({
  /** `dashboard`, `kubernetes`, `metrics`, `controller`, or a part of local mode such as `envoy bookbuyer/bookbuyer-…`. */
  name: z.string(),
  /** `limited`: the server's rights leave parts of it out, which pages name. `absent`: nobody said where it is. */
  state: z.enum(["ok", "starting", "limited", "degraded", "down", "absent"]),
  message: z.string(),
  /** Unix milliseconds since it is in this state; null when not known. */
  since: z.number().nullable(),
  /** How often it was started again; null where nobody counts. */
  restarts: z.number().nullable(),
});

export const HealthSchema = z.object({
  /** Unix milliseconds. */
  at: z.number(),
  /** `down`: Kubernetes is away and there is nothing to show. `degraded`: some part is not well. It is answered in any case. */
  status: z.enum(["ok", "degraded", "down"]),
  version: z.string(),
  meshName: z.string(),
  parts: z.array(HealthPartSchema),
});

/** What local mode's supervisor writes (MESHDECK_STATUS_FILE). */
export const StatusFileSchema = z.object({
  parts: z.array(
    z.looseObject({
      name: z.string(),
      state: z.string(),
      since: z.union([z.string(), z.number()]).nullish(),
      restarts: z.number().nullish(),
      message: z.string().nullish(),
    }),
  ),
});

export type HealthPart = z.infer<typeof HealthPartSchema>;
export type Health = z.infer<typeof HealthSchema>;
