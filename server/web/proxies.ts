/** GET /api/proxies: what the controller says is connected, held against the pods that carry a sidecar. */
import type { Certificate, Proxy as ConnectedProxy } from "@/lib/contract/admin";
import type { ProxyList } from "@/lib/contract/proxies";
import type { MeshView } from "./mesh-view";

export function proxyListOf(
  mesh: Pick<MeshView, "model" | "partial">,
  proxies: readonly ConnectedProxy[],
  certificates: readonly Certificate[],
): ProxyList {
  const byIdentity = new Map(
    certificates.flatMap((one) => (one.kind === "workload" ? [[one.identity, one] as const] : [])),
  );
  const connected = new Set(proxies.map(({ id }) => id));
  const notConnected = Object.values(mesh.model.workloads)
    .filter(({ proxyId }) => !connected.has(proxyId))
    .map(({ proxyId: id, namespace, name: pod, identity, ready }) => ({ id, namespace, pod, identity, ready }));
  return {
    items: proxies.map((proxy) => ({ ...proxy, certificate: byIdentity.get(proxy.identity) ?? null })),
    notConnected,
    partial: [...mesh.partial],
  };
}
