/** Every route of the dashboard's server: what it takes and what it answers. Handlers and OpenAPI are made from this table. */
import type { Route } from "./route";
import { GRAPH_ROUTES } from "./routes/graph";
import { MESH_ROUTES } from "./routes/mesh";
import { OVERVIEW_ROUTES } from "./routes/overview";
import { OWN_ROUTES } from "./routes/own";
import { POLICY_ROUTES } from "./routes/policy";

export const ROUTES = {
  ...GRAPH_ROUTES,
  ...POLICY_ROUTES,
  ...MESH_ROUTES,
  ...OVERVIEW_ROUTES,
  ...OWN_ROUTES,
} as const satisfies Readonly<Record<string, Route>>;
