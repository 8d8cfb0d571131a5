/** `/api/namespaces` and `/api/problems`. */
import { z } from "zod";
import { ManagedBySchema } from "./shared";
import { PartialSchema, ProblemSchema } from "./topology";

export const NamespaceViewSchema = z.object({
  name: z.string(),
  /** What a change of its membership is based on. */
  resourceVersion: z.string(),
  /** Part of this mesh. */
  meshed: z.boolean(),
  /** Holds the control plane, which cannot be part of the mesh. */
  control: z.boolean(),
  /** What would change its labels back; null when nobody says so. */
  managedBy: ManagedBySchema.nullable(),
  /** The mesh its monitored-by label names, also when it is another one. */
  meshName: z.string().nullable(),
  injection: z.boolean(),
  services: z.number(),
  pods: z.object({ total: z.number(), withSidecar: z.number() }),
  serviceAccounts: z.array(z.string()),
  /** Names of Services with a selector, sorted. */
  serviceNames: z.array(z.string()),
});

export const NamespacesSchema = z.object({ items: z.array(NamespaceViewSchema), partial: z.array(PartialSchema) });
export const ProblemsSchema = z.object({ items: z.array(ProblemSchema), partial: z.array(PartialSchema) });

/** PUT /api/namespaces/{name}/membership */
export const MembershipSchema = z.strictObject({
  meshed: z.boolean(),
  /** As it was looked at; `conflict` when somebody changed it meanwhile. */
  resourceVersion: z.string().regex(/^\d{1,20}$/, { error: "must be the namespace's resourceVersion" }),
  dryRun: z.boolean().default(false),
});
export const MembershipSetSchema = z.object({
  name: z.string(),
  meshed: z.boolean(),
  resourceVersion: z.string(),
  dryRun: z.boolean(),
});

/** A Deployment and how far its rollout has come. */
export const RolloutSchema = z.object({
  name: z.string(),
  /** Pods wanted, pods of the newest template, and of those wanted the ones that serve. */
  wanted: z.number(),
  updated: z.number(),
  available: z.number(),
  /** Unix milliseconds of the last restart by annotation; null: never. */
  restartedAt: z.number().nullable(),
  done: z.boolean(),
  /** Why it does not get on; null when it does, or nobody says. */
  problem: z.string().nullable(),
});
export const RolloutsSchema = z.object({ items: z.array(RolloutSchema) });

export type Rollout = z.infer<typeof RolloutSchema>;
export type Rollouts = z.infer<typeof RolloutsSchema>;
export type Membership = z.input<typeof MembershipSchema>;
export type MembershipSet = z.infer<typeof MembershipSetSchema>;
export type NamespaceView = z.infer<typeof NamespaceViewSchema>;
export type Namespaces = z.infer<typeof NamespacesSchema>;
export type Problems = z.infer<typeof ProblemsSchema>;
