/** `/api/namespaces` and `/api/problems`. */
import { z } from "zod";
import { PartialSchema, ProblemSchema } from "./topology";

export const NamespaceViewSchema = z.object({
  name: z.string(),
  /** Part of this mesh. */
  meshed: z.boolean(),
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

export type NamespaceView = z.infer<typeof NamespaceViewSchema>;
export type Namespaces = z.infer<typeof NamespacesSchema>;
export type Problems = z.infer<typeof ProblemsSchema>;
