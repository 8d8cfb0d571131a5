import { ROUTES } from "@/lib/contract/routes";
import { webContext } from "@/server/web/context";
import { handle } from "@/server/web/http";
import { createSmi, listSmi } from "@/server/web/smi";

export const GET = handle(ROUTES.smiList, async ({ params }) => listSmi(await webContext().mesh(), params.plural));

export const POST = handle(ROUTES.smiCreate, ({ params, query, body }) =>
  createSmi(webContext().client(), params.plural, { ...body, dryRun: body.dryRun === true || query.dryRun === "true" }),
);
