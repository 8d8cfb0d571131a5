import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showService } from "@/server/web/show-service";

export const GET = handle(ROUTES.workload, ({ params, query }) => showService(params, query));
