/** What can be embedded, and what a signed link says: one view, until when, and who may frame it. */
import { z } from "zod";
import { PanelKindSchema, PanelSourceSchema, ThresholdSchema } from "@/lib/boards/panel";
import { RateWindowSchema, windowSchema } from "@/lib/contract/window-schema";
import { originProblem } from "./origin";

const KEY = z.string().regex(/^[a-z0-9.-]{1,253}\/[a-z0-9.-]{1,253}$/, { error: "must be namespace/name" });
const NAMESPACE = z.string().regex(/^[a-z0-9-]{1,63}$/, { error: "must be a namespace" });

export const EmbedViewSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("chart"),
    title: z.string().trim().min(1).max(80),
    shows: PanelKindSchema,
    source: PanelSourceSchema,
    thresholds: z.array(ThresholdSchema).max(4).optional(),
    range: windowSchema(60, 24 * 3600),
  }),
  z.strictObject({ kind: z.literal("service"), service: KEY }),
  /** No namespaces: all. */
  z.strictObject({ kind: z.literal("graph"), namespaces: z.array(NAMESPACE).max(20), window: RateWindowSchema }),
]);

export const OriginSchema = z.string().superRefine((text, context) => {
  const problem = originProblem(text);
  if (problem) context.addIssue({ code: "custom", message: problem });
});

export const EmbedClaimsSchema = z.strictObject({
  view: EmbedViewSchema,
  /** Unix seconds. */
  exp: z.number().int().positive(),
  origin: OriginSchema,
});

export const MOST_DAYS = 30;

export type EmbedView = z.infer<typeof EmbedViewSchema>;
export type EmbedClaims = z.infer<typeof EmbedClaimsSchema>;

/** What the view is called. */
export function viewTitle(view: EmbedView): string {
  switch (view.kind) {
    case "chart":
      return view.title;
    case "service":
      return view.service;
    case "graph":
      return view.namespaces.length === 0 ? "Service graph" : `Service graph of ${view.namespaces.join(", ")}`;
  }
}
