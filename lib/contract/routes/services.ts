/** One service or workload, the calls that were told, and logs. */
import { z } from "zod";
import { CallCursorSchema, CallFilterSchema, CallListSchema, CallsSummarySchema } from "../calls";
import type { Route } from "../route";
import { windowSchema } from "../window";

export const SERVICE_ROUTES = {
  calls: {
    method: "GET",
    path: "/api/calls",
    summary: "Calls that were refused or failed and a sample of the rest, newest first, each with its reason",
    query: CallFilterSchema.extend({
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      /** Only calls before this one. */
      before: CallCursorSchema.optional(),
    }).strict(),
    answer: CallListSchema,
  },
  callStream: {
    method: "GET",
    path: "/api/calls/stream",
    summary: "Server-sent events: calls as they are told",
    query: CallFilterSchema.strict(),
    answer: { mediaType: "text/event-stream" },
  },
  callAggregates: {
    method: "GET",
    path: "/api/calls/aggregates",
    summary: "Calls of the last minutes counted by edge, method, shape of the path, status and policy",
    query: z.strictObject({
      /** A service key or node id: only calls from or to it. */
      about: z.string().min(1).max(300).optional(),
      window: windowSchema(10, 600).default("5m"),
    }),
    answer: CallsSummarySchema,
  },
} as const satisfies Readonly<Record<string, Route>>;
