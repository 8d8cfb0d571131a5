import { ROUTES } from "@/lib/contract/routes";
import { webContext } from "@/server/web/context";
import { handle } from "@/server/web/http";
import { setMembership } from "@/server/web/namespaces-write";

export const PUT = handle(ROUTES.namespaceMembership, ({ params, body }) =>
  setMembership(webContext().client(), webContext().settings, { ...body, name: params.name }),
);
