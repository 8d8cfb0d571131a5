/** Where a service or workload has its page. */

/** `ns/kind/name` to its page; the page of a service leaves the kind out. `query`: shared parameters, `?…` or "". */
export function pagePath(nodeId: string, query = ""): string {
  const [namespace = "", kind = "", name = ""] = nodeId.split("/");
  const parts = kind === "service" ? [namespace, name] : [namespace, kind, name];
  return `/services/${parts.map(encodeURIComponent).join("/")}${query}`;
}

/** The service's node id from its key. */
export function serviceId(key: string): string {
  const slash = key.indexOf("/");
  return `${key.slice(0, slash)}/service/${key.slice(slash + 1)}`;
}

/** What is shown of a node id: `namespace/name`. */
export function shortName(nodeId: string): string {
  const [namespace, , ...name] = nodeId.split("/");
  return `${namespace}/${name.join("/")}`;
}

/** `query` with more parameters; ids stay legible. */
export function withParameters(query: string, more: Readonly<Record<string, string>>): string {
  const params = new URLSearchParams(query);
  for (const [name, value] of Object.entries(more)) params.set(name, value);
  return `?${params.toString().replaceAll("%2F", "/").replaceAll("%2C", ",")}`;
}
