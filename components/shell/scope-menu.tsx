"use client";
import { ChevronDown } from "lucide-react";
import { useNamespaces } from "@/components/data/use-namespaces";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover } from "@/components/ui/popover";
import { useScope } from "./scope";
import { useUrlState } from "./url-state";

/** Which namespaces the pages show. Nothing chosen is all of them. */
export function ScopeMenu() {
  const scope = useScope();
  const { setUrl } = useUrlState();
  const { data } = useNamespaces();
  const names = (data?.items ?? []).filter((item) => item.meshed).map((item) => item.name);
  const chosen = [...(scope ?? [])];
  const label =
    chosen.length === 0 ? "All namespaces" : chosen.length === 1 ? (chosen[0] ?? "") : `${chosen.length} namespaces`;
  function toggle(name: string, on: boolean): void {
    const next = on ? [...chosen, name].sort() : chosen.filter((each) => each !== name);
    setUrl({ ns: next.length === 0 ? null : next.join(",") });
  }
  return (
    <Popover
      label="Namespaces"
      className="min-w-56 p-2"
      trigger={
        <Button variant="quiet" size="sm" aria-label={`Namespaces shown: ${label}`} className="max-w-48 min-w-0 shrink">
          <span className="truncate">{label}</span>
          <ChevronDown size={14} aria-hidden="true" className="shrink-0 text-ink-3" />
        </Button>
      }
    >
      {names.length === 0 && <p className="p-2 text-ink-2">No namespace is in the mesh yet.</p>}
      {[...new Set([...names, ...chosen])].map((name) => (
        <Checkbox key={name} checked={scope?.has(name) ?? false} onChange={(on) => toggle(name, on)}>
          {name}
        </Checkbox>
      ))}
      {chosen.length > 0 && (
        <Button variant="quiet" size="sm" onClick={() => setUrl({ ns: null })} className="mt-1 w-full">
          Show all
        </Button>
      )}
    </Popover>
  );
}
