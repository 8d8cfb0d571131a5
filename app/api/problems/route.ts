import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showProblems } from "@/server/web/show-problems";

export const GET = handle(ROUTES.problems, () => showProblems());
