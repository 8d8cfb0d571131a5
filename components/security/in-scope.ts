/** Which rows a page shows. */

export interface RowFilter {
  /** null: every namespace. */
  readonly scope: ReadonlySet<string> | null;
  /** Part of a name, in any case. */
  readonly find: string;
}

/** Whether one of these names (`namespace/…`) is in scope and one holds the text. */
export function inScope({ scope, find }: RowFilter, names: readonly (string | null)[]): boolean {
  const wanted = find.trim().toLowerCase();
  const here = scope === null || names.some((name) => name !== null && scope.has(name.split("/")[0] ?? ""));
  return here && (wanted === "" || names.some((name) => (name ?? "").toLowerCase().includes(wanted)));
}
