/** What the dashboard says of itself. */
import { z } from "zod";
import { HealthSchema } from "../health";
import type { Route } from "../route";

export const OWN_ROUTES = {
  health: {
    method: "GET",
    path: "/api/health",
    limited: "public",
    summary: "The dashboard and the parts it leans on, by name",
    query: z.strictObject({}),
    answer: HealthSchema,
  },
  openapi: {
    method: "GET",
    path: "/api/openapi.json",
    limited: "public",
    summary: "This description",
    query: z.strictObject({}),
    answer: z.looseObject({ openapi: z.string() }),
  },
  metrics: {
    method: "GET",
    path: "/metrics",
    limited: "public",
    summary: "The dashboard's own metrics in Prometheus's text format",
    query: z.strictObject({}),
    answer: { mediaType: "text/plain; version=0.0.4" },
  },
} as const satisfies Readonly<Record<string, Route>>;
