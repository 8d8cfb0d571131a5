import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showDataSources } from "@/server/web/show-data-sources";

export const GET = handle(ROUTES.dataSources, ({ query }) => showDataSources(query.id));
