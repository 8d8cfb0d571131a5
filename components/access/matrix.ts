/** The access matrix as rows and columns: sources down, destinations across, grouped by namespace, filtered by text. */
import type { Access, AccessCell, AccessDestination, AccessIdentity } from "@/lib/contract/access";
import { formatQuantity, rateQuantity } from "@/lib/format/number";
import { parseKey } from "@/lib/kube/refs";

export interface MatrixGroup<Item> {
  readonly namespace: string;
  readonly items: readonly Item[];
}

export interface Matrix {
  readonly rows: readonly MatrixGroup<AccessIdentity>[];
  readonly columns: readonly MatrixGroup<AccessDestination>[];
  cell(source: string, destination: string): AccessCell | null;
}

export interface MatrixFilter {
  /** Part of a source's or destination's `namespace/name`; empty: all. */
  readonly sources: string;
  readonly destinations: string;
  /** Leave out sources that neither may nor did call, and destinations nobody may or did. */
  readonly onlyWithCells: boolean;
  /** Also ServiceAccounts that run nothing, have no access and made no calls: every namespace has a `default`. */
  readonly alsoIdle: boolean;
  /** Namespaces in scope: a pair is shown when one of its ends is in one. null: all. */
  readonly namespaces: ReadonlySet<string> | null;
}

export function arrange(access: Access, filter: MatrixFilter): Matrix {
  const cells = new Map(access.cells.map((cell) => [cellKey(cell.source, cell.destination), cell]));
  const sources = new Set(access.cells.map((cell) => cell.source));
  const destinations = new Set(access.cells.map((cell) => cell.destination));
  const inScope = namesInScope(access, filter.namespaces);
  const rows = access.identities.filter(
    (identity) =>
      inScope(identity) &&
      contains(identity.key, filter.sources) &&
      (sources.has(identity.key) || (!filter.onlyWithCells && (filter.alsoIdle || identity.workloads.length > 0))),
  );
  const columns = access.destinations.filter(
    (one) =>
      inScope(one) && contains(one.key, filter.destinations) && (!filter.onlyWithCells || destinations.has(one.key)),
  );
  return {
    rows: groupByNamespace(rows),
    columns: groupByNamespace(columns),
    cell: (source, destination) => cells.get(cellKey(source, destination)) ?? null,
  };
}

/** Why no row or no column is left, by what is set. */
export function nothingLeft({ columns }: Pick<Matrix, "columns">, filter: MatrixFilter): string {
  const { sources, destinations, onlyWithCells, namespaces } = filter;
  if (sources !== "" || destinations !== "") return "Nothing is named so. Clear the filters to see all.";
  const where = namespaces === null ? "here" : "in the chosen namespaces";
  if (onlyWithCells) return `Nobody ${where} has access to anybody, or calls anybody.`;
  if (columns.length === 0) return `There is no Service ${where} to call.`;
  return `Nobody ${where} runs anything now. Tick “also those that run nothing” to see all.`;
}

/** `source>destination`, as it stands in the URL. */
export function cellKey(source: string, destination: string): string {
  return `${source}>${destination}`;
}

export function parseCellKey(text: string | null): { source: string; destination: string } | null {
  const [source, destination, more] = (text ?? "").split(">");
  return source && destination && more === undefined ? { source, destination } : null;
}

/** What a cell says in words, for the reader who does not see it. */
export function cellText(cell: AccessCell | null): string {
  if (!cell) return "no access, no calls";
  const calls = formatQuantity(rateQuantity(cell.requestsPerSecond));
  switch (cell.state) {
    case "used":
      return `allowed and used, ${calls}`;
    case "unused":
      return "allowed, not used";
    case "denied":
      return `denied, ${formatQuantity(rateQuantity(cell.deniedPerSecond))}`;
    case "partly-denied":
      return `allowed and used, ${calls}, some calls denied`;
    case "permissive":
      return cell.requestsPerSecond > 0 ? `permissive: no policy is asked, ${calls}` : "permissive: no policy is asked";
  }
}

type Named = { readonly key: string; readonly namespace: string };

/** With a scope: what is in it, and what has to do with it. */
function namesInScope(access: Access, scope: ReadonlySet<string> | null): (item: Named) => boolean {
  if (scope === null) return () => true;
  const keys = new Set<string>();
  for (const { source, destination } of access.cells) {
    if (!scope.has(namespaceOf(source)) && !scope.has(namespaceOf(destination))) continue;
    keys.add(source);
    keys.add(destination);
  }
  return (item) => scope.has(item.namespace) || keys.has(item.key);
}

function namespaceOf(key: string): string {
  return parseKey(key).namespace;
}

function contains(key: string, text: string): boolean {
  return key.toLowerCase().includes(text.trim().toLowerCase());
}

function groupByNamespace<Item extends { readonly namespace: string; readonly key: string }>(
  items: readonly Item[],
): MatrixGroup<Item>[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(item.namespace, [...(groups.get(item.namespace) ?? []), item]);
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([namespace, members]) => ({ namespace, items: members.sort((a, b) => a.key.localeCompare(b.key)) }));
}
