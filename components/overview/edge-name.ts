/** `bookbuyer → bookstore-v1`: of node ids the names. */
export function edgeName({ source, target }: { readonly source: string; readonly target: string }): string {
  return `${lastPart(source)} → ${lastPart(target)}`;
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
