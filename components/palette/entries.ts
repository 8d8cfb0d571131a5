import type { Shortcut } from "@/components/keys/registry";
import { bestMatches } from "@/lib/find/fuzzy";
import type { Place } from "./places";

/** A line of the palette: something to run, or somewhere to go. */
export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly keys: string;
  /** In lower case: what is searched. */
  readonly text: string;
  readonly go: { readonly place: Place } | { readonly shortcut: Shortcut };
}

export interface EntryGroup {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

const MOST_SHOWN = 50;
export const MOST_RECENT = 6;

export function entriesOf(shortcuts: readonly Shortcut[], places: readonly Place[]): readonly Entry[] {
  return [
    ...shortcuts.map((shortcut): Entry => {
      const { label, keys, group } = shortcut;
      return {
        id: `run ${label}`,
        name: label,
        note: "",
        keys,
        text: `${label} ${group}`.toLowerCase(),
        go: { shortcut },
      };
    }),
    ...places.map((place): Entry => ({ ...place, keys: "", go: { place } })),
  ];
}

/** Without a query: what was used last, then every action by its group. With one: what it finds, the best first. */
export function groupsOf(
  entries: readonly Entry[],
  { query, recent }: { readonly query: string; readonly recent: readonly string[] },
): readonly EntryGroup[] {
  if (query.trim() !== "") {
    const found = bestMatches(entries, ({ text }) => text, { query, most: MOST_SHOWN });
    return found.length > 0 ? [{ heading: "Found", entries: found }] : [];
  }
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const used = recent.flatMap((id) => byId.get(id) ?? []).slice(0, MOST_RECENT);
  const actions = entries.filter(({ go }) => "shortcut" in go);
  const groups = [...new Set(actions.map(({ go }) => ("shortcut" in go ? go.shortcut.group : "")))];
  return [
    ...(used.length > 0 ? [{ heading: "Recent", entries: used }] : []),
    ...groups.map((heading) => ({
      heading,
      entries: actions.filter(
        ({ id, go }) => "shortcut" in go && go.shortcut.group === heading && !used.some((one) => one.id === id),
      ),
    })),
  ].filter((group) => group.entries.length > 0);
}
