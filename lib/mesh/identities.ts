/** Identities: the ServiceAccounts of the meshed namespaces. */
import type { MeshObjects, MeshOptions } from "./input";
import type { MeshIdentity } from "./model";
import type { MeshCandidate } from "./pods";
import { named, sortedRecord } from "./shape";

/**
 * Every ServiceAccount, and those that pods with a sidecar run as while the object is not (or no longer) there: their
 * certificates must not depend on which of two watches speaks first.
 */
export function resolveIdentities(
  objects: MeshObjects,
  scope: { readonly meshed: ReadonlySet<string>; readonly pods: readonly MeshCandidate[] },
  options: MeshOptions,
): Readonly<Record<string, MeshIdentity>> {
  const keys = new Set<string>();
  for (const account of objects.serviceAccounts) {
    const name = named(account);
    if (name !== null && scope.meshed.has(name.namespace)) keys.add(name.key);
  }
  for (const { pod, sidecar } of scope.pods) if (sidecar) keys.add(pod.identity);
  return sortedRecord([...keys].map((key) => [key, identityOf(key, options.trustDomain)] as const));
}

function identityOf(key: string, trustDomain: string): MeshIdentity {
  const slash = key.indexOf("/");
  const namespace = key.slice(0, slash);
  const serviceAccount = key.slice(slash + 1);
  return {
    key,
    namespace,
    serviceAccount,
    spiffeId: `spiffe://${trustDomain}/${serviceAccount}/${namespace}`,
    dnsName: `${serviceAccount}.${namespace}.${trustDomain}`,
  };
}
