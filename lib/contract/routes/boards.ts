/** Boards of charts. */
import { z } from "zod";
import { GrafanaDashboardSchema } from "@/lib/boards/grafana-schema";
import {
  BoardDataQuerySchema,
  BoardDataSchema,
  GrafanaExportSchema,
  PanelQueriesQuerySchema,
  PanelQueriesSchema,
} from "../boards";
import type { Route } from "../route";

export const BOARD_ROUTES = {
  boardData: {
    method: "POST",
    path: "/api/boards/data",
    limited: "whole-mesh",
    summary: "The figures of all panels of a board over a range of time",
    query: z.strictObject({}),
    body: BoardDataQuerySchema,
    answer: BoardDataSchema,
  },
  panelQueries: {
    method: "POST",
    path: "/api/boards/queries",
    limited: "whole-mesh",
    summary: "The queries behind a panel, as PromQL to read",
    query: z.strictObject({}),
    body: PanelQueriesQuerySchema,
    answer: PanelQueriesSchema,
  },
  grafanaExport: {
    method: "POST",
    path: "/api/boards/grafana",
    limited: "whole-mesh",
    summary: "A board as a Grafana dashboard",
    query: z.strictObject({}),
    body: GrafanaExportSchema,
    answer: GrafanaDashboardSchema,
  },
} as const satisfies Readonly<Record<string, Route>>;
