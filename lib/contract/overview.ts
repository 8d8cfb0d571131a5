/** GET /api/overview: the health of the mesh in one screen. Every list has its worst first and is cut; figures are of all. */
import { z } from "zod";
import { CertificateSchema } from "./admin";
import { ChangeSchema } from "./changes";
import { PartialSchema } from "./topology";

const health = z.enum(["healthy", "degraded", "failing"]);
/** One value per time; null is a gap. */
const line = z.array(z.number().nullable());

/** At most so many of each list. */
export const MOST_RANKED = 8;
export const MOST_RECENT = 20;

export const OverviewServiceSchema = z.object({
  /** Node id. */
  id: z.string(),
  namespace: z.string(),
  name: z.string(),
  status: health,
  /** In words, the gravest first: `fails 12 % of 24/s`. Empty when it is well. */
  reasons: z.array(z.string()),
  /** Impaired calls per second (docs/adr/0015-health-score.md). */
  score: z.number(),
  requestsPerSecond: z.number(),
  errorRatio: z.number().nullable(),
  /** The slowest caller's. */
  p99Ms: z.number().nullable(),
  deniedPerSecond: z.number(),
});

export const OverviewEdgeSchema = z.object({
  /** `source>target`, node ids. */
  id: z.string(),
  source: z.string(),
  target: z.string(),
  status: z.enum(["healthy", "degraded", "failing", "denied"]),
  reasons: z.array(z.string()),
  score: z.number(),
  requestsPerSecond: z.number(),
  errorRatio: z.number().nullable(),
  deniedPerSecond: z.number(),
  p99Ms: z.number().nullable(),
  /** p99 over the past hour; null when it is not known. */
  usualP99Ms: z.number().nullable(),
});

export const TrendSchema = z.object({
  /** Unix milliseconds, ascending. */
  times: z.array(z.number()),
  requestsPerSecond: line,
  /** 0 to 1; null where nothing was called. */
  successRatio: line,
  p99Ms: line,
  deniedPerSecond: line,
});

export const ControlPlaneSchema = z.object({
  version: z.string(),
  ready: z.boolean(),
  /** Of the replica that was asked. */
  leader: z.boolean(),
  startedAt: z.string(),
  /** From its Deployment; null when it runs elsewhere. */
  replicas: z.object({ ready: z.number(), total: z.number() }).nullable(),
  proxies: z.object({
    connected: z.number(),
    /** Have all they were sent. */
    synced: z.number(),
    /** Pods whose sidecar is not connected. */
    missing: z.number(),
    /** Sidecars that refused something. */
    refusing: z.number(),
  }),
  /** The certificate of a workload that ends first. */
  nextExpiry: CertificateSchema.nullable(),
  root: CertificateSchema.nullable(),
});

export const OverviewSchema = z.object({
  /** Unix milliseconds the figures are for. */
  at: z.number(),
  windowSeconds: z.number(),
  policyMode: z.enum(["permissive", "smi"]),
  verdict: z.object({
    status: z.enum(["healthy", "degraded", "failing", "empty"]),
    services: z.number(),
    needAttention: z.number(),
    /** One sentence. */
    text: z.string(),
  }),
  /** null: calls could not be measured. */
  calls: z
    .object({
      requestsPerSecond: z.number(),
      /** 0 to 1; null without calls. */
      successRatio: z.number().nullable(),
      /** Over all calls. */
      p99Ms: z.number().nullable(),
      deniedPerSecond: z.number(),
      /** 0 to 1; null when none could be told. */
      encryptedShare: z.number().nullable(),
      plaintextEdges: z.number(),
    })
    .nullable(),
  podsWithoutSidecar: z.number(),
  /** Of the whole mesh, over the last half hour; null when it could not be read, or namespaces were asked for. */
  trend: TrendSchema.nullable(),
  services: z.array(OverviewServiceSchema),
  edges: z.array(OverviewEdgeSchema),
  /** Pairs whose calls are refused, the most first. */
  denied: z.array(z.object({ id: z.string(), source: z.string(), target: z.string(), perSecond: z.number() })),
  /** null: the controller does not answer, or a past instant is shown. */
  control: ControlPlaneSchema.nullable(),
  problems: z.object({ errors: z.number(), warnings: z.number() }),
  /** Of the hour before `at`, newest first. */
  changes: z.object({
    recent: z.array(ChangeSchema),
    total: z.number(),
    /** What they leave out, as a sentence; null when nothing. */
    gap: z.string().nullable(),
  }),
  queries: z.object({ count: z.number(), ms: z.number() }),
  partial: z.array(PartialSchema),
});

export type OverviewService = z.infer<typeof OverviewServiceSchema>;
export type OverviewEdge = z.infer<typeof OverviewEdgeSchema>;
export type Trend = z.infer<typeof TrendSchema>;
export type ControlPlane = z.infer<typeof ControlPlaneSchema>;
export type Overview = z.infer<typeof OverviewSchema>;
