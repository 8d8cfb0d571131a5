import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { openCalls } from "@/server/web/open-calls";

export const GET = handle(ROUTES.callStream, ({ query, signal }) => openCalls(query, signal));
