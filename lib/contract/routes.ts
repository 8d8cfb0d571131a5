/** Every route of the dashboard's server: what it takes and what it answers. Handlers and OpenAPI are made from this table. */
import { z } from "zod";
import { AccessSchema, ExplanationSchema } from "./access";
import { ProxyConfigSchema } from "./admin";
import { ChartQuerySchema, ChartSchema } from "./charts";
import { HealthSchema } from "./health";
import { MembershipSchema, MembershipSetSchema, NamespacesSchema, ProblemsSchema, RolloutsSchema } from "./namespaces";
import { ProxyListSchema } from "./proxies";
import { SecuritySchema } from "./security";
import { SmiDeletedSchema, SmiListSchema, SmiPluralSchema, SmiWriteSchema, SmiWrittenSchema } from "./smi";
import { SplitsSchema } from "./splits";
import { StreamQuerySchema } from "./stream";
import { TopologySchema } from "./topology";
import { WhatIfResultSchema, WhatIfSchema } from "./what-if";
import { RateWindowSchema } from "./window";

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Parameters in braces, as in OpenAPI. */
  readonly path: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** HTTP status of success; 200 when left out. */
  readonly status?: 200 | 201;
  /** JSON; a media type for anything else. */
  readonly answer: z.ZodType | { readonly mediaType: string };
}

const NAME = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, {
  error: "must be a Kubernetes name: lower case letters, digits, dots and dashes",
});
const KEY = z.string().regex(/^[a-z0-9.-]{1,253}\/[a-z0-9.-]{1,253}$/, { error: "must be namespace/name" });

const window = (fallback: string) => RateWindowSchema.default(fallback);
const plural = z.object({ plural: SmiPluralSchema });
const smiObject = z.object({ plural: SmiPluralSchema, namespace: NAME, name: NAME });
const flag = z.enum(["true", "false"]).default("false");

export const ROUTES = {
  topology: {
    method: "GET",
    path: "/api/topology",
    summary: "The service graph, now or at a past instant",
    query: z.strictObject({
      window: window("30s"),
      /** Unix milliseconds. */
      at: z.coerce.number().int().positive().optional(),
    }),
    answer: TopologySchema,
  },
  stream: {
    method: "GET",
    path: "/api/stream",
    summary: "Server-sent events: the same answers, pushed when they change",
    query: z.strictObject(StreamQuerySchema.shape),
    answer: { mediaType: "text/event-stream" },
  },
  health: {
    method: "GET",
    path: "/api/health",
    summary: "The dashboard and the parts it leans on, by name",
    query: z.strictObject({}),
    answer: HealthSchema,
  },
  splits: {
    method: "GET",
    path: "/api/splits",
    summary: "Every TrafficSplit with asked and observed shares",
    query: z.strictObject({ window: window("60s") }),
    answer: SplitsSchema,
  },
  access: {
    method: "GET",
    path: "/api/access",
    summary: "Who may call whom, and who does",
    query: z.strictObject({ window: window("60s") }),
    answer: AccessSchema,
  },
  explain: {
    method: "GET",
    path: "/api/access/explain",
    summary: "Why one call is let through or refused",
    query: z.strictObject({
      /** Identity key. */
      source: KEY,
      /** Service key. */
      destination: KEY,
      method: z
        .string()
        .regex(/^[A-Z]{1,20}$/, { error: "must be an HTTP method in capitals" })
        .optional(),
      path: z.string().startsWith("/", { error: "must begin with a slash" }).max(2000).optional(),
    }),
    answer: ExplanationSchema,
  },
  security: {
    method: "GET",
    path: "/api/security",
    summary: "What is encrypted, by which certificates, and what was refused",
    query: z.strictObject({ window: window("60s") }),
    answer: SecuritySchema,
  },
  charts: {
    method: "GET",
    path: "/api/charts",
    summary: "The lines of one chart over a range of time",
    query: ChartQuerySchema,
    answer: ChartSchema,
  },
  proxies: {
    method: "GET",
    path: "/api/proxies",
    summary: "Sidecars, and whether each has what it was sent",
    query: z.strictObject({}),
    answer: ProxyListSchema,
  },
  proxyConfig: {
    method: "GET",
    path: "/api/proxies/{id}/config",
    summary: "What the controller gives to one sidecar; private keys are not shown",
    params: z.object({ id: z.string().regex(/^[\w.-]{1,253}$/, { error: "must be a sidecar's node id" }) }),
    query: z.strictObject({}),
    answer: ProxyConfigSchema,
  },
  problems: {
    method: "GET",
    path: "/api/problems",
    summary: "What is wrong with the mesh's objects",
    query: z.strictObject({}),
    answer: ProblemsSchema,
  },
  namespaces: {
    method: "GET",
    path: "/api/namespaces",
    summary: "Namespaces, in the mesh or not",
    query: z.strictObject({}),
    answer: NamespacesSchema,
  },
  namespaceMembership: {
    method: "PUT",
    path: "/api/namespaces/{name}/membership",
    summary: "Add a namespace to the mesh or take it out; 409 when it was changed meanwhile",
    params: z.object({ name: NAME }),
    query: z.strictObject({}),
    body: MembershipSchema,
    answer: MembershipSetSchema,
  },
  rollouts: {
    method: "GET",
    path: "/api/namespaces/{name}/rollouts",
    summary: "The Deployments of a namespace and how far their rollouts have come",
    params: z.object({ name: NAME }),
    query: z.strictObject({}),
    answer: RolloutsSchema,
  },
  restart: {
    method: "POST",
    path: "/api/namespaces/{name}/rollouts",
    summary: "Restart every Deployment of a namespace, as a rollout",
    params: z.object({ name: NAME }),
    query: z.strictObject({}),
    answer: RolloutsSchema,
  },
  whatIf: {
    method: "POST",
    path: "/api/what-if",
    summary: "What a change would do to the calls of the last minute",
    body: WhatIfSchema,
    answer: WhatIfResultSchema,
  },
  smiList: {
    method: "GET",
    path: "/api/smi/{plural}",
    summary: "Every object of one SMI kind, in the version it is stored in",
    params: plural,
    query: z.strictObject({}),
    answer: SmiListSchema,
  },
  smiCreate: {
    method: "POST",
    path: "/api/smi/{plural}",
    summary: "Create an SMI object",
    params: plural,
    query: z.strictObject({ dryRun: flag }),
    body: SmiWriteSchema,
    status: 201,
    answer: SmiWrittenSchema,
  },
  smiGet: {
    method: "GET",
    path: "/api/smi/{plural}/{namespace}/{name}",
    summary: "One SMI object, in the version it is stored in",
    params: smiObject,
    query: z.strictObject({}),
    answer: SmiWrittenSchema,
  },
  smiReplace: {
    method: "PUT",
    path: "/api/smi/{plural}/{namespace}/{name}",
    summary: "Replace an SMI object as it was when it was edited; 409 with the live one when it was changed meanwhile",
    params: smiObject,
    query: z.strictObject({ dryRun: flag }),
    body: SmiWriteSchema,
    answer: SmiWrittenSchema,
  },
  smiDelete: {
    method: "DELETE",
    path: "/api/smi/{plural}/{namespace}/{name}",
    summary: "Delete an SMI object as it was when it was looked at",
    params: smiObject,
    query: z.strictObject({
      resourceVersion: z.string().regex(/^\d{1,20}$/, { error: "must be the object's resourceVersion" }),
      dryRun: flag,
    }),
    answer: SmiDeletedSchema,
  },
  openapi: {
    method: "GET",
    path: "/api/openapi.json",
    summary: "This description",
    query: z.strictObject({}),
    answer: z.looseObject({ openapi: z.string() }),
  },
  metrics: {
    method: "GET",
    path: "/metrics",
    summary: "The dashboard's own metrics in Prometheus's text format",
    query: z.strictObject({}),
    answer: { mediaType: "text/plain; version=0.0.4" },
  },
} as const satisfies Readonly<Record<string, Route>>;
