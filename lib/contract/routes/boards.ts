/** Boards of charts. */
import { z } from "zod";
import { BoardDataQuerySchema, BoardDataSchema } from "../boards";
import type { Route } from "../route";

export const BOARD_ROUTES = {
  boardData: {
    method: "POST",
    path: "/api/boards/data",
    summary: "The figures of all panels of a board over a range of time",
    query: z.strictObject({}),
    body: BoardDataQuerySchema,
    answer: BoardDataSchema,
  },
} as const satisfies Readonly<Record<string, Route>>;
