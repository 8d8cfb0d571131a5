import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showProxies } from "@/server/web/show-proxies";

export const GET = handle(ROUTES.proxies, ({ signal }) => showProxies(signal));
