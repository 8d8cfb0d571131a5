import { ROUTES } from "@/lib/contract/routes";
import { showEmbedImage } from "@/server/web/embeds-image";
import { handle } from "@/server/web/http";

export const GET = handle(ROUTES.embedSvg, ({ params, query, headers }) =>
  showEmbedImage("svg", { token: params.token, size: query, headers }),
);
