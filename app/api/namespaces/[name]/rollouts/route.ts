import { ROUTES } from "@/lib/contract/routes";
import { webContext } from "@/server/web/context";
import { handle } from "@/server/web/http";
import { readRollouts, restartAll } from "@/server/web/rollouts";

export const GET = handle(ROUTES.rollouts, ({ params, signal }) =>
  readRollouts(webContext().client(), params.name, signal),
);

export const POST = handle(ROUTES.restart, ({ params }) => restartAll(webContext().client(), params.name, new Date()));
