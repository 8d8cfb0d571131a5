/** Shapes that several answers share. */
import { z } from "zod";
import type { KubeObject } from "@/lib/kube/objects";

export const ObjectRefSchema = z.object({ kind: z.string(), namespace: z.string(), name: z.string() });

/** Any Kubernetes object. Fields that are not named here are kept. */
export const KubeObjectSchema = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().min(1).optional(),
    resourceVersion: z.string().optional(),
    uid: z.string().optional(),
  }),
}) as unknown as z.ZodType<KubeObject, KubeObject>;

/** What keeps an object as it is: what is changed here would be changed back. */
export const ManagedBySchema = z.object({
  tool: z.enum(["Argo CD", "Flux", "Flagger", "Helm"]),
  /** The application, release or canary. */
  name: z.string(),
});

/** A measured share of calls with its 95 % interval, all from 0 to 1. */
export const ObservedShareSchema = z.object({ share: z.number(), low: z.number(), high: z.number() });
