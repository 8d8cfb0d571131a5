import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showEnvoyConfig } from "@/server/web/show-proxies";

export const GET = handle(ROUTES.envoyConfig, ({ params, signal }) => showEnvoyConfig(params.id, signal));
