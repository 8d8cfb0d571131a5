import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showCoverage } from "@/server/web/show-coverage";

export const GET = handle(ROUTES.coverage, () => showCoverage());
