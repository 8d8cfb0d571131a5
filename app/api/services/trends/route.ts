import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showServiceTrends } from "@/server/web/show-trends";

export const GET = handle(ROUTES.serviceTrends, () => showServiceTrends());
