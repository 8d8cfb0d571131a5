/** Certificates, sidecars, namespaces and problems. */
import { z } from "zod";
import { ProxyConfigSchema } from "../admin";
import { CoverageSchema } from "../coverage";
import { EnvoyConfigSchema } from "../envoy-config";
import { MembershipSchema, MembershipSetSchema, NamespacesSchema, ProblemsSchema, RolloutsSchema } from "../namespaces";
import { ProxyListSchema } from "../proxies";
import { instant, NAME, type Route, window } from "../route";
import { SecuritySchema } from "../security";

const PROXY_ID = z.string().regex(/^[\w.-]{1,253}$/, { error: "must be a sidecar's node id" });

export const MESH_ROUTES = {
  security: {
    method: "GET",
    path: "/api/security",
    limited: "filtered",
    summary: "What is encrypted, now or at a past instant; by which certificates, and what was refused",
    query: z.strictObject({ window: window("60s"), at: instant }),
    answer: SecuritySchema,
  },
  coverage: {
    method: "GET",
    path: "/api/coverage",
    limited: "filtered",
    summary: "What policy leaves open, unused or wider than the calls of the last hour needed",
    query: z.strictObject({}),
    answer: CoverageSchema,
  },
  proxies: {
    method: "GET",
    path: "/api/proxies",
    limited: "filtered",
    summary: "Sidecars, and whether each has what it was sent",
    query: z.strictObject({}),
    answer: ProxyListSchema,
  },
  proxyConfig: {
    method: "GET",
    path: "/api/proxies/{id}/config",
    limited: "filtered",
    summary: "What the controller gives to one sidecar; private keys are not shown",
    params: z.object({ id: PROXY_ID }),
    query: z.strictObject({}),
    answer: ProxyConfigSchema,
  },
  envoyConfig: {
    method: "GET",
    path: "/api/proxies/{id}/envoy",
    limited: "filtered",
    summary: "What one sidecar's Envoy says it has; keys are not shown",
    params: z.object({ id: PROXY_ID }),
    query: z.strictObject({}),
    answer: EnvoyConfigSchema,
  },
  problems: {
    method: "GET",
    path: "/api/problems",
    limited: "filtered",
    summary: "What is wrong with the mesh's objects",
    query: z.strictObject({}),
    answer: ProblemsSchema,
  },
  namespaces: {
    method: "GET",
    path: "/api/namespaces",
    limited: "filtered",
    summary: "Namespaces, in the mesh or not",
    query: z.strictObject({}),
    answer: NamespacesSchema,
  },
  namespaceMembership: {
    method: "PUT",
    path: "/api/namespaces/{name}/membership",
    limited: "filtered",
    summary: "Add a namespace to the mesh or take it out; 409 when it was changed meanwhile",
    params: z.object({ name: NAME }),
    query: z.strictObject({}),
    body: MembershipSchema,
    answer: MembershipSetSchema,
  },
  rollouts: {
    method: "GET",
    path: "/api/namespaces/{name}/rollouts",
    limited: "filtered",
    summary: "The Deployments of a namespace and how far their rollouts have come",
    params: z.object({ name: NAME }),
    query: z.strictObject({}),
    answer: RolloutsSchema,
  },
  restart: {
    method: "POST",
    path: "/api/namespaces/{name}/rollouts",
    limited: "filtered",
    summary: "Restart every Deployment of a namespace, as a rollout",
    params: z.object({ name: NAME }),
    query: z.strictObject({}),
    answer: RolloutsSchema,
  },
} as const satisfies Readonly<Record<string, Route>>;
