/** `/api/rights`: what somebody may not write in a namespace. */
import { z } from "zod";

/** Every kind a page writes, and how. */
export const WRITES = {
  TrafficSplit: ["create", "update", "delete"],
  TrafficTarget: ["create", "update", "delete"],
  HTTPRouteGroup: ["create", "update", "delete"],
  TCPRoute: ["create", "update", "delete"],
  MeshConfig: ["create", "update"],
  Namespace: ["patch"],
  Deployment: ["patch"],
} as const;

export type WriteKind = keyof typeof WRITES;
export type WriteVerb = (typeof WRITES)[WriteKind][number];

export const WRITE_KINDS = Object.keys(WRITES) as readonly WriteKind[];
const VERBS = ["create", "update", "delete", "patch"] as const satisfies readonly WriteVerb[];

export const RightsSchema = z.object({
  namespace: z.string(),
  /** What the API server would refuse, of all that pages write. What is not known is not among it. */
  missing: z.array(z.object({ verb: z.enum(VERBS), kind: z.enum(WRITE_KINDS as [WriteKind, ...WriteKind[]]) })),
});

export type Rights = z.infer<typeof RightsSchema>;
export type MissingRight = Rights["missing"][number];
