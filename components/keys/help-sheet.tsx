"use client";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useAllShortcuts } from "./use-shortcuts";

/** Every key that works on this page, by group. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const shortcuts = useAllShortcuts().filter((each) => each.keys !== "");
  const groups = [...new Set(shortcuts.map((each) => each.group))];
  return (
    <Dialog open={open} onClose={onClose} title="Keys" className="w-[min(640px,92vw)]">
      <div className="scroll-thin grid gap-x-8 gap-y-4 overflow-auto px-5 pt-2 pb-5 sm:grid-cols-2">
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
    </Dialog>
  );
}
