import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showRights } from "@/server/web/show-rights";

export const GET = handle(ROUTES.rights, ({ query }) => showRights(query.ns));
