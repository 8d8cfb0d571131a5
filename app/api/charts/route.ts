import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showChart } from "@/server/web/show-chart";

export const GET = handle(ROUTES.charts, ({ query, signal }) => showChart(query, signal));
