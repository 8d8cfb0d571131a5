/** Paths with a query. */
export type QueryValues = Readonly<Record<string, string | number | null | undefined>>;

/** `path?a=b`, without the values that are null or undefined, in the order given. */
export function withQuery(path: string, values: QueryValues): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}
