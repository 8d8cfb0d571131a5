import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { openStream } from "@/server/web/stream";

export const GET = handle(ROUTES.stream, ({ query, signal }) => openStream(query, signal));
