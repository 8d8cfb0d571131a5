import { ROUTES } from "@/lib/contract/routes";
import { showCalls } from "@/server/web/calls";
import { handle } from "@/server/web/http";

export const GET = handle(ROUTES.calls, ({ query: { limit, before, ...filter } }) =>
  showCalls({ filter, limit, before: before ?? null }),
);
