"use client";
import { Kbd } from "@/components/ui/kbd";
import { useAllShortcuts } from "./use-shortcuts";

/** Every key that works on this page, by group. */
export function KeyList() {
  const shortcuts = useAllShortcuts().filter((each) => each.keys !== "");
  const groups = [...new Set(shortcuts.map((each) => each.group))];
  return (
    <div className="grid max-w-3xl gap-x-8 gap-y-4 sm:grid-cols-2">
      {groups.map((group) => (
        <section key={group}>
          <h3 className="mb-1 font-medium text-ink-3 text-xs">{group}</h3>
          <ul>
            {shortcuts
              .filter((each) => each.group === group)
              .map((each) => (
                <li key={each.label} className="flex h-7 items-center justify-between gap-4 text-sm">
                  {each.label}
                  <Kbd keys={each.keys} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
