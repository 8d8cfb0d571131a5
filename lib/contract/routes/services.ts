/** One service or workload, the calls that were told, and logs. */
import { z } from "zod";
import { CallCursorSchema, CallFilterSchema, CallListSchema, CallsSummarySchema } from "../calls";
import { instant, NAME, type Route, window } from "../route";
import { KubeEventsSchema, ServiceDetailSchema, ServiceTrendsSchema } from "../services";
import { windowSchema } from "../window-schema";

const flag = z.enum(["true", "false"]).default("false");

export const SERVICE_ROUTES = {
  serviceTrends: {
    method: "GET",
    path: "/api/services/trends",
    limited: "filtered",
    summary: "Requests a second of every service over the last 15 minutes",
    query: z.strictObject({}),
    answer: ServiceTrendsSchema,
  },
  service: {
    method: "GET",
    path: "/api/services/{namespace}/{name}",
    limited: "filtered",
    summary:
      "One service, now or at a past instant: callers and callees, routes, policy, backends, identities and pods",
    params: z.object({ namespace: NAME, name: NAME }),
    query: z.strictObject({ window: window("30s"), at: instant }),
    answer: ServiceDetailSchema,
  },
  workload: {
    method: "GET",
    path: "/api/workloads/{namespace}/{kind}/{name}",
    limited: "filtered",
    summary: "One workload, now or at a past instant: callers and callees, policy, identities and pods",
    params: z.object({
      namespace: NAME,
      kind: z.string().regex(/^[a-z]{1,40}$/, { error: "must be a kind in lower case, such as deployment" }),
      name: NAME,
    }),
    query: z.strictObject({ window: window("30s"), at: instant }),
    answer: ServiceDetailSchema,
  },
  events: {
    method: "GET",
    path: "/api/events",
    limited: "filtered",
    summary: "What Kubernetes reported of a service or workload and its pods, newest first",
    query: z.strictObject({
      /** A node id. */
      node: z.string().regex(/^[a-z0-9.-]{1,63}\/[a-z]{1,40}\/[a-z0-9.-]{1,253}$/, {
        error: "must be a node id: namespace/kind/name",
      }),
    }),
    answer: KubeEventsSchema,
  },
  podLogs: {
    method: "GET",
    path: "/api/pods/{namespace}/{name}/logs",
    limited: "filtered",
    summary: "The log of one container of a pod, each line with its time; followed as it is written",
    params: z.object({ namespace: NAME, name: NAME }),
    query: z.strictObject({
      container: NAME,
      /** So many of the last lines. */
      tailLines: z.coerce.number().int().min(0).max(5000).default(500),
      /** Only what was written since: `30s`, `5m`. */
      since: windowSchema(1, 7 * 24 * 3600).optional(),
      follow: flag,
      /** Of the run before this one. */
      previous: flag,
    }),
    answer: { mediaType: "text/plain" },
  },
  calls: {
    method: "GET",
    path: "/api/calls",
    limited: "filtered",
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
    limited: "filtered",
    summary: "Server-sent events: calls as they are told",
    query: CallFilterSchema.strict(),
    answer: { mediaType: "text/event-stream" },
  },
  callAggregates: {
    method: "GET",
    path: "/api/calls/aggregates",
    limited: "filtered",
    summary: "Calls of the last minutes counted by edge, method, shape of the path, status and policy",
    query: z.strictObject({
      /** A service key or node id: only calls from or to it. */
      about: z.string().min(1).max(300).optional(),
      window: windowSchema(10, 600).default("5m"),
    }),
    answer: CallsSummarySchema,
  },
} as const satisfies Readonly<Record<string, Route>>;
