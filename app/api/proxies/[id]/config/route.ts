import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showProxyConfig } from "@/server/web/show-proxies";

export const GET = handle(ROUTES.proxyConfig, ({ params, signal }) => showProxyConfig(params.id, signal));
