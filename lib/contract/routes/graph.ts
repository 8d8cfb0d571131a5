/** The graph and what is measured. */
import { z } from "zod";
import { ChartQuerySchema, ChartSchema } from "../charts";
import { instant, type Route, window } from "../route";
import { StreamQuerySchema } from "../stream";
import { TopologySchema } from "../topology";

export const GRAPH_ROUTES = {
  topology: {
    method: "GET",
    path: "/api/topology",
    limited: "filtered",
    summary: "The service graph, now or at a past instant",
    query: z.strictObject({ window: window("30s"), at: instant }),
    answer: TopologySchema,
  },
  stream: {
    method: "GET",
    path: "/api/stream",
    limited: "filtered",
    summary: "Server-sent events: the same answers, pushed when they change",
    query: z.strictObject(StreamQuerySchema.shape),
    answer: { mediaType: "text/event-stream" },
  },
  charts: {
    method: "GET",
    path: "/api/charts",
    limited: "filtered",
    summary: "The lines of one chart over a range of time",
    query: ChartQuerySchema,
    answer: ChartSchema,
  },
} as const satisfies Readonly<Record<string, Route>>;
