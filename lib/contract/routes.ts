/** Every route of the dashboard's server: what it takes and what it answers. Handlers and OpenAPI are made from this table. */
import type { Route } from "./route";
import { BOARD_ROUTES } from "./routes/boards";
import { EMBED_ROUTES } from "./routes/embeds";
import { GRAPH_ROUTES } from "./routes/graph";
import { MESH_ROUTES } from "./routes/mesh";
import { OVERVIEW_ROUTES } from "./routes/overview";
import { OWN_ROUTES } from "./routes/own";
import { POLICY_ROUTES } from "./routes/policy";
import { SERVICE_ROUTES } from "./routes/services";
import { SESSION_ROUTES } from "./routes/session";
import { SETTINGS_ROUTES } from "./routes/settings";
import { TIME_ROUTES } from "./routes/time";

export const ROUTES = {
  ...GRAPH_ROUTES,
  ...TIME_ROUTES,
  ...POLICY_ROUTES,
  ...MESH_ROUTES,
  ...BOARD_ROUTES,
  ...EMBED_ROUTES,
  ...OVERVIEW_ROUTES,
  ...SERVICE_ROUTES,
  ...SETTINGS_ROUTES,
  ...SESSION_ROUTES,
  ...OWN_ROUTES,
} as const satisfies Readonly<Record<string, Route>>;
