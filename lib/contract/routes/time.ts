/** The mesh over time. */
import { FramesQuerySchema, FramesSchema } from "../frames";
import type { Route } from "../route";

export const TIME_ROUTES = {
  frames: {
    method: "GET",
    path: "/api/topology/frames",
    limited: "filtered",
    summary: "The service graph over a range of time, as frames",
    query: FramesQuerySchema,
    answer: FramesSchema,
  },
} as const satisfies Readonly<Record<string, Route>>;
