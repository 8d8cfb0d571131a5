/** The access matrix as rows and columns: sources down, destinations across, grouped by namespace, filtered by text. */
import type { Access, AccessCell, AccessDestination, AccessIdentity } from "@/lib/contract/access";

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
}

export function arrange(access: Access, filter: MatrixFilter): Matrix {
  const cells = new Map(access.cells.map((cell) => [cellKey(cell.source, cell.destination), cell]));
  const sources = new Set(access.cells.map((cell) => cell.source));
  const destinations = new Set(access.cells.map((cell) => cell.destination));
  const rows = access.identities.filter(
    (identity) => contains(identity.key, filter.sources) && (!filter.onlyWithCells || sources.has(identity.key)),
  );
  const columns = access.destinations.filter(
    (one) => contains(one.key, filter.destinations) && (!filter.onlyWithCells || destinations.has(one.key)),
  );
  return {
    rows: groupByNamespace(rows),
    columns: groupByNamespace(columns),
    cell: (source, destination) => cells.get(cellKey(source, destination)) ?? null,
  };
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
  switch (cell.state) {
    case "used":
      return "allowed and used";
    case "unused":
      return "allowed, not used";
    case "denied":
      return "denied";
    case "partly-denied":
      return "allowed, some calls denied";
    case "permissive":
      return "permissive: no policy is asked";
  }
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
