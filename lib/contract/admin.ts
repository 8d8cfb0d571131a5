/** The controller's read-only admin API (HTTPS, bearer token): what only the controller knows. */
import { z } from "zod";
import { ChangeSchema } from "./changes";
import { ProblemSchema } from "./topology";

/** GET /v1/status */
export const ControllerStatusSchema = z.object({
  ready: z.boolean(),
  leader: z.boolean(),
  version: z.string(),
  startedAt: z.string(),
  meshName: z.string(),
  trustDomain: z.string(),
  policyMode: z.enum(["permissive", "smi"]),
  /** Age of the oldest watch's last word. */
  staleSeconds: z.number(),
  reconcile: z.object({ count: z.number(), lastMs: z.number().nullable(), lastAt: z.string().nullable() }),
});

/** GET /v1/certificates: { items } */
export const CertificateSchema = z.object({
  /** Identity key; `root` for the root certificate, `controller` for the controller's own. */
  identity: z.string(),
  /** workload: shown by sidecars to each other. proxy: by a sidecar to the controller. controller: by the controller. */
  kind: z.enum(["root", "workload", "proxy", "controller"]),
  subject: z.string(),
  uris: z.array(z.string()),
  serial: z.string(),
  issuer: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  provider: z.string(),
});

/** GET /v1/proxies: { items } */
export const ProxySchema = z.object({
  /** The node id (osm-proxy-uuid). */
  id: z.string(),
  namespace: z.string(),
  pod: z.string(),
  /** Identity key. */
  identity: z.string(),
  connectedAt: z.string(),
  envoyVersion: z.string().nullable(),
  /** What it showed to the controller when it connected. */
  clientCertificate: CertificateSchema.nullable(),
  /** By short type: CDS, EDS, LDS, RDS, SDS. */
  types: z.array(
    z.object({
      type: z.string(),
      /** Everything that was sent is acknowledged. */
      synced: z.boolean(),
      resources: z.number(),
      lastAckAt: z.string().nullable(),
      nack: z.object({ at: z.string(), message: z.string() }).nullable(),
    }),
  ),
});

/** GET /v1/proxies/{id}/config: what the controller gives to one proxy, by type and name. Private keys are not shown. */
export const ProxyConfigSchema = z.object({
  id: z.string(),
  resources: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      version: z.string(),
      /** taken: acknowledged. sent: on its way. waiting: not sent yet. refused: the proxy said no and keeps what it had. */
      state: z.enum(["taken", "sent", "waiting", "refused"]),
      /** The Envoy message as JSON. */
      resource: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** GET /v1/problems: { items } */
export const ControllerProblemsSchema = z.object({ items: z.array(ProblemSchema) });
export const ProxiesSchema = z.object({ items: z.array(ProxySchema) });
export const CertificatesSchema = z.object({ items: z.array(CertificateSchema) });

/** GET /v1/changes?since=&limit=: what this replica saw change, newest first. */
export const ControllerChangesSchema = z.object({
  /** Unix milliseconds: what changed before it does not know, or no longer. */
  watchedSince: z.number(),
  items: z.array(ChangeSchema),
});

export type ControllerChanges = z.infer<typeof ControllerChangesSchema>;
export type ControllerStatus = z.infer<typeof ControllerStatusSchema>;
export type Proxy = z.infer<typeof ProxySchema>;
export type ProxyConfig = z.infer<typeof ProxyConfigSchema>;
export type Certificate = z.infer<typeof CertificateSchema>;
