/** `/api/coverage`: what policy leaves open, shut, unused or wider than needed, held against the last hour. */
import { z } from "zod";
import { PartialSchema } from "./topology";

export const CoverageFindingSchema = z.object({
  /** Stays as long as what it is about. */
  id: z.string(),
  kind: z.enum([
    "nobody-may-call",
    "everybody-may-call",
    "unused-rule",
    "unused-source",
    "broad-methods",
    "broad-path",
  ]),
  /** model: true by the objects alone. counted: every call was counted. sampled: read from a sample of calls. */
  confidence: z.enum(["model", "counted", "sampled"]),
  namespace: z.string(),
  /** What it is about: a service, or an object of policy as `Kind namespace/name`. */
  subject: z.string(),
  sentence: z.string(),
  remedy: z.string(),
  /** Unix milliseconds from which on it was observed; null when it needs no observation. */
  since: z.number().nullable(),
  /** Calls in the sample, and the share of all calls it may have missed, 0 to 1 (95 % sure); null: not sampled. */
  sample: z.object({ calls: z.number(), unseenAtMost: z.number() }).nullable(),
  /** The Access page with the object open and the change drafted: its query, without the question mark. */
  draft: z.string().nullable(),
});

export const CoverageSchema = z.object({
  /** Unix milliseconds. */
  at: z.number(),
  /** The earliest moment anything was observed: at most an hour before `at`. */
  since: z.number(),
  policyMode: z.enum(["permissive", "smi"]),
  services: z.object({ granted: z.number(), nobody: z.number(), everybody: z.number() }),
  /** unknown: nobody counted them. */
  rules: z.object({ used: z.number(), unused: z.number(), unknown: z.number() }),
  findings: z.array(CoverageFindingSchema),
  /** Share of passed calls that is sampled, and calls of kinds that were not kept; null when the controller is away. */
  sampling: z.object({ share: z.number(), dropped: z.number() }).nullable(),
  queries: z.object({ count: z.number(), ms: z.number() }),
  partial: z.array(PartialSchema),
});

export type CoverageFinding = z.infer<typeof CoverageFindingSchema>;
export type CoverageBody = z.infer<typeof CoverageSchema>;
