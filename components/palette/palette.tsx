"use client";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useAllShortcuts } from "@/components/keys/use-shortcuts";
import { preference } from "@/components/settings/preference";
import { usePageLink } from "@/components/shell/page-link";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { type Entry, entriesOf, groupsOf, MOST_RECENT } from "./entries";
import { usePlaces } from "./use-places";

const GROUP =
  "**:[[cmdk-group-heading]]:px-3 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-ink-3 **:[[cmdk-group-heading]]:text-xs";
const ITEM =
  "flex min-h-(--control) items-center justify-between gap-4 rounded-md px-3 text-sm data-[selected=true]:bg-raised";

/** Ids of what was run or gone to, the newest first. */
const recentEntries = preference<readonly string[]>({
  name: "recent",
  fallback: [],
  parse: (stored) =>
    Array.isArray(stored) ? stored.filter((id) => typeof id === "string").slice(0, MOST_RECENT) : null,
});

/** Ctrl-K or Cmd-K: run any action, go to anything by its name. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Search and run" titleHidden className="mt-[12dvh] w-[min(600px,94vw)]">
      <PaletteList onClose={onClose} />
    </Dialog>
  );
}

function PaletteList({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const link = usePageLink();
  const shortcuts = useAllShortcuts();
  const places = usePlaces();
  const recent = recentEntries.use();
  // Not deferred: Enter right behind the last letter must run what was typed. 5,000 names cost some 10 ms.
  const [query, setQuery] = useState("");
  const entries = useMemo(() => entriesOf(shortcuts, places), [shortcuts, places]);
  const groups = useMemo(() => groupsOf(entries, { query, recent }), [entries, query, recent]);
  // A new search begins at its best find, whatever the keys had reached in the list before.
  const [reached, setReached] = useState({ query: "", id: "" });
  const best = groups[0]?.entries[0]?.id ?? "";
  const selected = reached.query === query && reached.id !== "" ? reached.id : best;
  function run({ id, go }: Entry): void {
    recentEntries.set([id, ...recent.filter((one) => one !== id)].slice(0, MOST_RECENT));
    onClose();
    if ("shortcut" in go) go.shortcut.run();
    else router.push(link(go.place.path, go.place.change));
  }
  return (
    <Command
      label="Search and run"
      loop
      shouldFilter={false}
      value={selected}
      onValueChange={(id) => setReached({ query, id })}
      className="flex min-h-0 flex-col"
    >
      <Command.Input
        data-autofocus
        value={query}
        onValueChange={setQuery}
        placeholder="A service, a policy, a page, an action"
        className="h-12 shrink-0 border-line border-b bg-transparent px-4 text-base outline-none placeholder:text-ink-3"
      />
      <Command.List className="scroll-thin max-h-[56dvh] overflow-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-ink-2 text-sm">Nothing is named so.</Command.Empty>
        {groups.map(({ heading, entries: found }) => (
          <Command.Group key={heading} heading={heading} className={GROUP}>
            {found.map((entry) => (
              <Command.Item key={entry.id} value={entry.id} onSelect={() => run(entry)} className={ITEM}>
                <span className="min-w-0 truncate">
                  {entry.name} <span className="text-ink-3 text-xs">{entry.note}</span>
                </span>
                {entry.keys !== "" && <Kbd keys={entry.keys.replace("Ctrl-k", "Ctrl K")} />}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
