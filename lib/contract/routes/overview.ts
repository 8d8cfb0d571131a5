/** The mesh in one screen, and what changed of it. */
import { z } from "zod";
import { ChangesSchema } from "../changes";
import { OverviewSchema } from "../overview";
import { NAME, type Route, window } from "../route";

const instant = z.coerce.number({ error: "must be unix milliseconds" }).int().positive().optional();

/** `a,b`. */
const namespaces = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(NAME).max(500))
  .optional();

export const OVERVIEW_ROUTES = {
  overview: {
    method: "GET",
    path: "/api/overview",
    limited: "filtered",
    summary: "The health of the mesh in one screen, now or at a past instant; of some namespaces with ns=a,b",
    query: z.strictObject({ window: window("30s"), at: instant, ns: namespaces }),
    answer: OverviewSchema,
  },
  changes: {
    method: "GET",
    path: "/api/changes",
    limited: "filtered",
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
