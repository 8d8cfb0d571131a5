import { openApi } from "@/lib/contract/openapi";
import { ROUTES } from "@/lib/contract/routes";
import { ownVersion } from "@/server/platform/version";

/** OpenAPI 3.1 of every route of the table. */
export function showOpenApi(): Readonly<Record<string, unknown>> {
  return openApi(ROUTES, ownVersion());
}
