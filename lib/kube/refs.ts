/** Names of objects and identities as strings, so that maps, logs and URLs agree on one spelling. */
export interface NamespacedName {
  readonly namespace: string;
  readonly name: string;
}

export interface ObjectRef extends NamespacedName {
  readonly kind: string;
}

/** `namespace/name`, the key of maps of services and identities. */
export function key(ref: NamespacedName): string {
  return `${ref.namespace}/${ref.name}`;
}

/** The reverse of key. A string without a slash is a name in `defaultNamespace`. */
export function parseKey(text: string, defaultNamespace = "default"): NamespacedName {
  const slash = text.indexOf("/");
  return slash < 0
    ? { namespace: defaultNamespace, name: text }
    : { namespace: text.slice(0, slash), name: text.slice(slash + 1) };
}

/** Node id of the service graph: `namespace/kind/name`, kind in lower case. */
export function nodeId(ref: ObjectRef): string {
  return `${ref.namespace}/${ref.kind.toLowerCase()}/${ref.name}`;
}

/** The reverse of nodeId; the kind stays in lower case. */
export function parseNodeId(id: string): ObjectRef {
  const [namespace = "", kind = "", name = ""] = id.split("/");
  return { namespace, kind, name };
}
