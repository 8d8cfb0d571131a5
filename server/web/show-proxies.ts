import type { Proxy as ConnectedProxy } from "@/lib/contract/admin";
import { AppError } from "@/lib/contract/errors";
import { webContext } from "./context";

/** As the controller says it now; not cached, because what is asked is often whether a change has arrived. */
export async function showProxies(signal: AbortSignal): Promise<{ items: readonly ConnectedProxy[] }> {
  const client = webContext().controllerClient;
  if (client) return { items: await client.proxies(signal) };
  throw new AppError("upstream_unavailable", "No controller is configured.", {
    hint: "Set MESHDECK_CONTROLLER_URL to the address of its admin API.",
  });
}
