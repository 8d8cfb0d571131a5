import { ROUTES } from "@/lib/contract/routes";
import { showEmbedData } from "@/server/web/embeds";
import { handle } from "@/server/web/http";

export const GET = handle(ROUTES.embedData, ({ params, headers }) => showEmbedData(params.token, headers));
