import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { restartRollouts, showRollouts } from "@/server/web/show-rollouts";

export const GET = handle(ROUTES.rollouts, ({ params, signal }) => showRollouts(params.name, signal));

export const POST = handle(ROUTES.restart, ({ params }) => restartRollouts(params.name));
