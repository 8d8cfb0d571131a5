import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showNamespaces } from "@/server/web/show-namespaces";

export const GET = handle(ROUTES.namespaces, () => showNamespaces());
