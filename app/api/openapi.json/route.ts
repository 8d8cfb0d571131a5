import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showOpenApi } from "@/server/web/show-openapi";

export const GET = handle(ROUTES.openapi, () => showOpenApi());
