import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showWhatIf } from "@/server/web/show-what-if";

export const POST = handle(ROUTES.whatIf, ({ body }) => showWhatIf(body));
