import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showOverview } from "@/server/web/show-overview";

export const GET = handle(ROUTES.overview, ({ query, signal }) => showOverview(query, signal));
