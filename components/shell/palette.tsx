"use client";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useNamespaces } from "@/components/data/use-namespaces";
import { useAllShortcuts } from "@/components/keys/use-shortcuts";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

const GROUP =
  "**:[[cmdk-group-heading]]:px-3 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-ink-3 **:[[cmdk-group-heading]]:text-xs";
const ITEM =
  "flex min-h-(--control) items-center justify-between gap-4 rounded-md px-3 text-sm data-[selected=true]:bg-raised";

/** Ctrl-K or Cmd-K: run any action, go to any page or service. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Search and run" titleHidden className="mt-[12dvh] w-[min(600px,94vw)]">
      <PaletteList onClose={onClose} />
    </Dialog>
  );
}

function PaletteList({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const shortcuts = useAllShortcuts();
  const { data } = useNamespaces();
  const services = (data?.items ?? []).flatMap((item) =>
    item.serviceNames.map((name) => ({ namespace: item.name, name })),
  );
  const groups = [...new Set(shortcuts.map((each) => each.group))];
  function run(action: () => void): void {
    onClose();
    action();
  }
  return (
    <Command label="Search and run" loop className="flex min-h-0 flex-col">
      <Command.Input
        data-autofocus
        placeholder="A page, an action, a service"
        className="h-12 shrink-0 border-line border-b bg-transparent px-4 text-base outline-none placeholder:text-ink-3"
      />
      <Command.List className="scroll-thin max-h-[56dvh] overflow-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-ink-2 text-sm">Nothing is named so.</Command.Empty>
        {groups.map((group) => (
          <Command.Group key={group} heading={group} className={GROUP}>
            {shortcuts
              .filter((each) => each.group === group)
              .map((each) => (
                <Command.Item key={each.label} value={each.label} onSelect={() => run(each.run)} className={ITEM}>
                  {each.label}
                  {each.keys !== "" && <Kbd keys={each.keys.replace("Ctrl-k", "Ctrl K")} />}
                </Command.Item>
              ))}
          </Command.Group>
        ))}
        {services.length > 0 && (
          <Command.Group heading="Services" className={GROUP}>
            {services.map(({ namespace, name }) => (
              <Command.Item
                key={`${namespace}/${name}`}
                value={`${name} ${namespace} service`}
                onSelect={() => run(() => router.push(`/graph?node=${namespace}/service/${name}`))}
                className={ITEM}
              >
                {name}
                <span className="text-ink-3 text-xs">{namespace}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}
