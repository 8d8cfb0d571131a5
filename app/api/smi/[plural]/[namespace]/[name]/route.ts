import { ROUTES } from "@/lib/contract/routes";
import { webContext } from "@/server/web/context";
import { handle } from "@/server/web/http";
import { deleteSmi, getSmi, replaceSmi } from "@/server/web/smi";

export const GET = handle(ROUTES.smiGet, ({ params }) => getSmi(webContext().client(), params));

export const PUT = handle(ROUTES.smiReplace, ({ params, query, body }) =>
  replaceSmi(webContext().client(), params, { ...body, dryRun: body.dryRun === true || query.dryRun === "true" }),
);

export const DELETE = handle(ROUTES.smiDelete, ({ params, query }) =>
  deleteSmi(webContext().client(), params, {
    resourceVersion: query.resourceVersion,
    dryRun: query.dryRun === "true",
  }),
);
