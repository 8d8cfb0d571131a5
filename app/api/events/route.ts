import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showEvents } from "@/server/web/show-events";

export const GET = handle(ROUTES.events, ({ query }) => showEvents(query.node));
