/** The query that pages share, narrowed to one namespace: `?window=1m&ns=bookstore`. */
export function withNamespace(shared: string, namespace: string): string {
  const query = new URLSearchParams(shared);
  query.set("ns", namespace);
  return `?${query.toString().replaceAll("%2C", ",")}`;
}
