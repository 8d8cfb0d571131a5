import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { currentProblems } from "@/server/web/topics";

export const GET = handle(ROUTES.problems, () => currentProblems());
