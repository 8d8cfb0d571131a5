import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showTopology } from "@/server/web/show-topology";

export const GET = handle(ROUTES.topology, ({ query }) => showTopology(query.window, query.at));
