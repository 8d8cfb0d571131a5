import type { ProxyConfig } from "@/lib/contract/admin";
import type { EnvoyConfig } from "@/lib/contract/envoy-config";
import { AppError } from "@/lib/contract/errors";
import type { ProxyList } from "@/lib/contract/proxies";
import { webContext } from "./context";
import type { ControllerClient } from "./controller-client";
import { NO_CONTROLLER } from "./controller-facts";
import { proxyListOf } from "./proxies";

/** As the controller says it now; not cached, because what is asked is often whether a change has arrived. */
export async function showProxies(signal: AbortSignal): Promise<ProxyList> {
  const client = controller();
  const [mesh, proxies, certificates] = await Promise.all([
    webContext().mesh(),
    client.proxies(signal),
    client.certificates(signal),
  ]);
  return proxyListOf(mesh, proxies, certificates);
}

/** What one sidecar is given, by its node id. */
export async function showProxyConfig(id: string, signal: AbortSignal): Promise<ProxyConfig> {
  return controller().config(id, signal);
}

/** What one sidecar's Envoy says it has, asked of it now. */
export async function showEnvoyConfig(id: string, signal: AbortSignal): Promise<EnvoyConfig> {
  return controller().envoyConfig(id, signal);
}

function controller(): ControllerClient {
  const client = webContext().controllerClient;
  if (client) return client;
  throw new AppError("not_configured", NO_CONTROLLER.message, { hint: NO_CONTROLLER.hint });
}
