import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showExplanation } from "@/server/web/show-explanation";

export const GET = handle(ROUTES.explain, ({ query }) => showExplanation(query));
