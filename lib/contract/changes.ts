/** GET /api/changes: what people and tools changed of the mesh, newest first. */
import { z } from "zod";
import { PartialSchema } from "./topology";

export const ChangeSchema = z.object({
  /** Unix milliseconds. */
  at: z.number(),
  /** TrafficSplit, TrafficTarget, HTTPRouteGroup, TCPRoute, MeshConfig, Namespace, Service or Deployment. */
  kind: z.string(),
  /** "" for a Namespace. */
  namespace: z.string(),
  name: z.string(),
  verb: z.enum(["created", "changed", "deleted"]),
  /** The field manager that wrote it; null when the API server does not say (it never does of a deletion). */
  by: z.string().nullable(),
  /** A phrase that follows the name: `weights bookstore-v1 90 → 50`. */
  summary: z.string(),
});

export const ChangesSchema = z.object({
  /** Unix milliseconds of the answer. */
  at: z.number(),
  /** Newest first, at most 500. */
  changes: z.array(ChangeSchema),
  partial: z.array(PartialSchema),
});

export type Change = z.infer<typeof ChangeSchema>;
export type Changes = z.infer<typeof ChangesSchema>;
