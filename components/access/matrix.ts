/** The access matrix as rows and columns: sources down, destinations across, grouped by namespace, filtered by text. */
import type { Access, AccessCell, AccessDestination, AccessIdentity } from "@/lib/contract/access";
import { compareNames } from "@/lib/format/name-order";
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

/** all: every source and destination. filled: those with a cell that says something. denied: those with refused calls. */
export type Shown = "all" | "filled" | "denied";

export interface MatrixFilter {
  /** Part of a source's or destination's `namespace/name`; empty: all. */
  readonly sources: string;
  readonly destinations: string;
  readonly show: Shown;
  /** Also ServiceAccounts that run nothing, have no access and made no calls: every namespace has a `default`. */
  readonly alsoIdle: boolean;
  /** Namespaces in scope: a pair is shown when one of its ends is in one. null: all. */
  readonly namespaces: ReadonlySet<string> | null;
}

export function arrange(access: Access, filter: MatrixFilter): Matrix {
  const cells = new Map(access.cells.map((cell) => [cellKey(cell.source, cell.destination), cell]));
  const { rows, columns } = filter.show === "all" ? every(access, filter) : withCells(access, filter);
  return {
    rows: groupByNamespace(rows),
    columns: groupByNamespace(columns),
    cell: (source, destination) => cells.get(cellKey(source, destination)) ?? null,
  };
}

export function isDenied({ state }: AccessCell): boolean {
  return state === "denied" || state === "partly-denied";
}

/** Cells of the pairs that the names and namespaces let through. */
export function cellsOf(access: Access, filter: MatrixFilter): readonly AccessCell[] {
  return access.cells.filter(
    (cell) =>
      contains(cell.source, filter.sources) &&
      contains(cell.destination, filter.destinations) &&
      touches(filter.namespaces, cell),
  );
}

type Axes = { readonly rows: readonly AccessIdentity[]; readonly columns: readonly AccessDestination[] };

function every(access: Access, filter: MatrixFilter): Axes {
  const busy = new Set(access.cells.map((cell) => cell.source));
  const inScope = namesInScope(access, filter.namespaces);
  const runs = (identity: AccessIdentity) => filter.alsoIdle || identity.workloads.length > 0 || busy.has(identity.key);
  return {
    rows: access.identities.filter((one) => inScope(one) && contains(one.key, filter.sources) && runs(one)),
    columns: access.destinations.filter((one) => inScope(one) && contains(one.key, filter.destinations)),
  };
}

/** A source stays for what it has to do with a destination that is shown, and the other way round. */
function withCells(access: Access, filter: MatrixFilter): Axes {
  const kept = cellsOf(access, filter).filter((cell) => filter.show === "filled" || isDenied(cell));
  const sources = new Set(kept.map((cell) => cell.source));
  const destinations = new Set(kept.map((cell) => cell.destination));
  return {
    rows: access.identities.filter((one) => sources.has(one.key)),
    columns: access.destinations.filter((one) => destinations.has(one.key)),
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

type Named = { readonly key: string; readonly namespace: string };

/** With a scope: what is in it, and what has to do with it. */
function namesInScope(access: Access, scope: ReadonlySet<string> | null): (item: Named) => boolean {
  if (scope === null) return () => true;
  const near = access.cells.filter((cell) => touches(scope, cell));
  const keys = new Set(near.flatMap(({ source, destination }) => [source, destination]));
  return (item) => scope.has(item.namespace) || keys.has(item.key);
}

function touches(scope: ReadonlySet<string> | null, { source, destination }: AccessCell): boolean {
  return scope === null || scope.has(parseKey(source).namespace) || scope.has(parseKey(destination).namespace);
}

function contains(key: string, text: string): boolean {
  return key.toLowerCase().includes(text.trim().toLowerCase());
}

function groupByNamespace<Item extends Named>(items: readonly Item[]): MatrixGroup<Item>[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.namespace);
    if (group) group.push(item);
    else groups.set(item.namespace, [item]);
  }
  return [...groups]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([namespace, members]) => ({ namespace, items: members.sort((a, b) => compareNames(a.key, b.key)) }));
}
