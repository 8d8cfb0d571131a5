import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { currentHealth } from "@/server/web/topics";

export const GET = handle(ROUTES.health, () => currentHealth());
