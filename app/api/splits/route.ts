import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showTopic } from "@/server/web/show-topic";

export const GET = handle(ROUTES.splits, ({ query }) => showTopic("splits", query));
