import { ROUTES } from "@/lib/contract/routes";
import { showCallAggregates } from "@/server/web/calls";
import { handle } from "@/server/web/http";

export const GET = handle(ROUTES.callAggregates, ({ query, signal }) => showCallAggregates(query, signal));
