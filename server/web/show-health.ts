import type { Health } from "@/lib/contract/health";
import { viewers, webContext } from "./context";
import { guardSettings } from "./guard-settings";
import { publicHealth } from "./health";
import { identityOf } from "./login/identity-of";

/** Probes sign in nowhere: they are told how the dashboard and its sources are. The rest is for who sees the whole mesh. */
export async function showHealth(headers: Pick<Headers, "get">): Promise<Health> {
  const { health } = await webContext().health.get(0);
  if (guardSettings().login.kind === "none") return health;
  const identity = identityOf(headers);
  const known = identity === null ? null : await viewers().ifKnown(identity);
  return known !== null && known.scope === null ? health : publicHealth(health);
}
