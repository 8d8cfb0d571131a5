import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showTopic } from "@/server/web/show-topic";

export const GET = handle(ROUTES.topology, ({ query }) => showTopic("topology", query));
