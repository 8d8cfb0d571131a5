import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showHealth } from "@/server/web/show-health";

export const GET = handle(ROUTES.health, ({ headers }) => showHealth(headers));
