import { ROUTES } from "@/lib/contract/routes";
import { showGrafana } from "@/server/web/boards-export";
import { handle } from "@/server/web/http";

export const POST = handle(ROUTES.grafanaExport, ({ body }) => showGrafana(body));
