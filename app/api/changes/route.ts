import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showChanges } from "@/server/web/show-changes";

export const GET = handle(ROUTES.changes, ({ query, signal }) => showChanges(query, signal));
