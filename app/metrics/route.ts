import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { registry } from "@/server/web/own-metrics";

export const GET = handle(
  ROUTES.metrics,
  async () => new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } }),
);
