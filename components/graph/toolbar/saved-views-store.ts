/** Named views, kept in this browser. */
import { compareNames } from "@/lib/format/name-order";

const KEY = "meshdeck.graph.views";
const MOST = 50;

export interface SavedView {
  readonly name: string;
  /** The query that shows it, without "?". */
  readonly query: string;
}

/** Sorted by name; none when there are none or they cannot be read. */
export function readViews(storage: Pick<Storage, "getItem">): readonly SavedView[] {
  try {
    const read: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(read) && read.every(isView) ? read : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  const view = value as Partial<SavedView> | null;
  return typeof view?.name === "string" && typeof view.query === "string";
}

/** What an edit of the list leaves. A view takes the place of one of the same name. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const others = views.filter(({ name }) => name !== view.name);
  return [...others, view].sort((a, b) => compareNames(a.name, b.name)).slice(0, MOST);
}

export function withoutView(views: readonly SavedView[], name: string): readonly SavedView[] {
  return views.filter((view) => view.name !== name);
}

/** false when the browser keeps nothing. */
export function keepViews(storage: Pick<Storage, "setItem">, views: readonly SavedView[]): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(views));
    return true;
  } catch {
    return false;
  }
}

/** The query of the parameters that are named, in that order: the same view is the same text. */
export function viewQuery(get: (name: string) => string | null, names: readonly string[]): string {
  const kept = new URLSearchParams();
  for (const name of names) {
    const value = get(name);
    if (value !== null && value !== "") kept.set(name, value);
  }
  return kept.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
}
