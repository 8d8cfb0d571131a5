import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showFrames } from "@/server/web/show-frames";

export const GET = handle(ROUTES.frames, ({ query }) => showFrames(query));
