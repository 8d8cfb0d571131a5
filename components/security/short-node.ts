/** `bookbuyer/deployment/bookbuyer` as `bookbuyer/bookbuyer`: the kind is plain from where it stands. */
export function shortNode(id: string): string {
  const [namespace, , name] = id.split("/");
  return name === undefined ? id : `${namespace}/${name}`;
}
