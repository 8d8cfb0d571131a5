/** Names of Services as TrafficSplits write them. */

/** `name`, `name.namespace` or `name.namespace.svc` with any cluster domain. */
export function serviceNamed(written: string): { readonly name: string; readonly namespace: string | null } | null {
  const [name = "", namespace, svc] = written.replace(/\.$/, "").split(".");
  if (name === "" || namespace === "" || (svc !== undefined && svc !== "svc")) return null;
  return { name, namespace: namespace ?? null };
}
