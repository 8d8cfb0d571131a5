import { ROUTES } from "@/lib/contract/routes";
import { showPanelQueries } from "@/server/web/boards-export";
import { handle } from "@/server/web/http";

export const POST = handle(ROUTES.panelQueries, ({ body }) => showPanelQueries(body));
