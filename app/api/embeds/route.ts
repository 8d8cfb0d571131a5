import { ROUTES } from "@/lib/contract/routes";
import { createEmbed } from "@/server/web/embeds-create";
import { handle } from "@/server/web/http";

export const POST = handle(ROUTES.embedCreate, ({ body }) => createEmbed(body));
