/** What the HTML of a page says is down, so that nothing is pushed about when it is said later. */
import type { Health } from "@/lib/contract/health";
import { contextOfRoutes } from "./context";
import { guardSettings } from "./guard-settings";
import { publicHealth } from "./health";
import { within } from "./within";

/** No page waits longer for it. */
const PATIENCE_MS = 50;

/** As a probe would be told, or all of it where nobody signs in. null when it cannot be told at once. */
export async function pageHealth(): Promise<Health | null> {
  const context = contextOfRoutes();
  if (context === null) return null;
  const told = context.health
    .get(0)
    .then(({ health }) => (guardSettings().login.kind === "none" ? health : publicHealth(health)))
    .catch(() => null);
  return within<Health | null>(PATIENCE_MS, told, () => null);
}
