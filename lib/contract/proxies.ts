/** `/api/proxies`: every sidecar that is connected, and every pod whose sidecar should be and is not. */
import { z } from "zod";
import { CertificateSchema, ProxySchema } from "./admin";
import { PartialSchema } from "./topology";

export const ProxyRowSchema = ProxySchema.extend({
  /** What it shows to other sidecars; null when none was issued yet. */
  certificate: CertificateSchema.nullable(),
});

export const UnconnectedProxySchema = z.object({
  id: z.string(),
  namespace: z.string(),
  pod: z.string(),
  /** Identity key. */
  identity: z.string(),
  ready: z.boolean(),
});

export const ProxyListSchema = z.object({
  items: z.array(ProxyRowSchema),
  notConnected: z.array(UnconnectedProxySchema),
  partial: z.array(PartialSchema),
});

export type ProxyRow = z.infer<typeof ProxyRowSchema>;
export type UnconnectedProxy = z.infer<typeof UnconnectedProxySchema>;
export type ProxyList = z.infer<typeof ProxyListSchema>;
