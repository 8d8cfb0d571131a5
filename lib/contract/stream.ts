/**
 * `/api/stream`: one server-sent event stream per page. The query says which topics and, for figures, over which window:
 * `?topology=30s&splits=60s&health=on`. Each event's name is the topic, its data the same JSON the topic's GET answers.
 */
import { z } from "zod";
import { AccessSchema } from "./access";
import { HealthSchema } from "./health";
import { ProblemsSchema } from "./namespaces";
import { OverviewSchema } from "./overview";
import { SecuritySchema } from "./security";
import { SMI_PLURALS } from "./smi-plurals";
import { SplitsSchema } from "./splits";
import { TopologySchema } from "./topology";
import { RateWindowSchema } from "./window-schema";

export const StreamQuerySchema = z.object({
  topology: RateWindowSchema.optional(),
  overview: RateWindowSchema.optional(),
  splits: RateWindowSchema.optional(),
  access: RateWindowSchema.optional(),
  security: RateWindowSchema.optional(),
  health: z.literal("on").optional(),
  problems: z.literal("on").optional(),
});

export const STREAM_EVENTS = {
  topology: TopologySchema,
  overview: OverviewSchema,
  splits: SplitsSchema,
  access: AccessSchema,
  security: SecuritySchema,
  health: HealthSchema,
  problems: ProblemsSchema,
  /** Objects changed: lists of these kinds are out of date. */
  changed: z.object({
    resources: z.array(z.enum([...SMI_PLURALS, "namespaces", "workloads", "deployments", "settings"])),
  }),
  /** Nothing new, still here. At least every 5 s. */
  heartbeat: z.object({ at: z.number() }),
  /** A topic has nothing to show; the error says why. The stream goes on. */
  failed: z.object({
    topic: z.string(),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
  }),
} as const;

export type StreamEventName = keyof typeof STREAM_EVENTS;
export type StreamEvents = { [Name in StreamEventName]: z.infer<(typeof STREAM_EVENTS)[Name]> };
