/** Data sources and the mesh's settings. */
import { z } from "zod";
import type { Route } from "../route";
import { DataSourcesSchema, MeshConfigSchema, MeshConfigWriteSchema, MeshConfigWrittenSchema } from "../settings";
import { SOURCE_IDS } from "../source-ids";

export const SETTINGS_ROUTES = {
  dataSources: {
    method: "GET",
    path: "/api/settings/sources",
    limited: "whole-mesh",
    summary: "Every place the dashboard reads from, asked now: version, latency, rights",
    query: z.strictObject({ id: z.enum(SOURCE_IDS, { error: `must be one of ${SOURCE_IDS.join(", ")}` }).optional() }),
    answer: DataSourcesSchema,
  },
  meshConfig: {
    method: "GET",
    path: "/api/settings/mesh",
    limited: "whole-mesh",
    summary: "The mesh's MeshConfig as it is stored",
    query: z.strictObject({}),
    answer: MeshConfigSchema,
  },
  meshConfigReplace: {
    method: "PUT",
    path: "/api/settings/mesh",
    limited: "whole-mesh",
    summary: "Replace the MeshConfig as it was when it was edited; 409 with the live one when it was changed meanwhile",
    query: z.strictObject({}),
    body: MeshConfigWriteSchema,
    answer: MeshConfigWrittenSchema,
  },
} as const satisfies Readonly<Record<string, Route>>;
