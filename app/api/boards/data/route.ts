import { ROUTES } from "@/lib/contract/routes";
import { showBoardData } from "@/server/web/boards-data";
import { handle } from "@/server/web/http";

export const POST = handle(ROUTES.boardData, ({ body }) => showBoardData(body));
