/** The mesh in one screen, and what changed of it. */
import { z } from "zod";
import { ChangesSchema } from "../changes";
import type { Route } from "../route";

const instant = z.coerce.number({ error: "must be unix milliseconds" }).int().positive().optional();

export const OVERVIEW_ROUTES = {
  changes: {
    method: "GET",
    path: "/api/changes",
    summary:
      "What changed of policy, settings, namespaces, Services and Deployments, newest first; the last hour by default",
    query: z
      .strictObject({
        /** Unix milliseconds. */
        since: instant,
        until: instant,
      })
      .refine(({ since, until }) => since === undefined || until === undefined || since <= until, {
        path: ["since"],
        error: "must not be after until",
      }),
    answer: ChangesSchema,
  },
} as const satisfies Readonly<Record<string, Route>>;
