/** What a sidecar's Envoy has, as it says itself: `/v1/proxies/{id}/envoy` of the controller, `/api/proxies/{id}/envoy`. */
import { z } from "zod";

export const EnvoyResourceSchema = z.object({
  /** CDS, EDS, LDS, RDS, SDS. */
  type: z.string(),
  name: z.string(),
  /** As Envoy took it; "" where it does not say. */
  version: z.string(),
  /** active: in use. warming: taken, not ready yet. draining: on its way out. refused: never taken. */
  state: z.enum(["active", "warming", "draining", "refused"]),
  /** Why the last update of it was refused; null when it was not. */
  error: z.string().nullable(),
  /** The Envoy message as JSON. Keys are not shown. */
  resource: z.record(z.string(), z.unknown()),
});

export const EnvoyConfigSchema = z.object({
  id: z.string(),
  /** Unix milliseconds. */
  at: z.number(),
  resources: z.array(EnvoyResourceSchema),
});

export type EnvoyResource = z.infer<typeof EnvoyResourceSchema>;
export type EnvoyConfig = z.infer<typeof EnvoyConfigSchema>;
