import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { openLogs } from "@/server/web/open-logs";

export const GET = handle(ROUTES.podLogs, ({ params, query, signal }) => openLogs(params, query, signal));
