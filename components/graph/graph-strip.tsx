"use client";
import { Minus, Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { Focus } from "./graph-choice";
import { MOST_HOPS } from "./graph-choice";

interface GraphStripProps {
  /** How much there is, and what is not well. */
  summary: ReactNode;
  /** Groups that are shown unfolded. */
  open: readonly string[];
  onCollapse: (group: string) => void;
  onCollapseAll: () => void;
  focus: { readonly hops: Focus; readonly name: string; readonly isThere: boolean } | null;
  onFocus: (focus: Focus | null) => void;
  /** How many nodes the filters leave out. */
  left: number;
  onShowAll: () => void;
}

/** One line under the toolbar: what the picture is of, and each thing that narrows it with the way back. */
export function GraphStrip(props: GraphStripProps) {
  const { summary, open, focus, onFocus, left } = props;
  return (
    <div
      data-testid="strip"
      className="scroll-thin flex min-h-9 shrink-0 items-center gap-x-4 gap-y-1 overflow-x-auto whitespace-nowrap border-line border-b px-4 text-sm max-sm:px-3"
    >
      {focus !== null && (
        <section aria-label="Focus" className="flex items-center gap-2">
          <span>
            Only around <strong className="font-medium">{focus.name}</strong>
            {!focus.isThere && <span className="text-ink-3">, which is not in the graph now</span>}
          </span>
          <Hops one="caller" hops={focus.hops.up} onChange={(up) => onFocus({ ...focus.hops, up })} />
          <Hops one="callee" hops={focus.hops.down} onChange={(down) => onFocus({ ...focus.hops, down })} />
          <Button size="sm" variant="quiet" icon={<X size={14} aria-hidden="true" />} onClick={() => onFocus(null)}>
            Leave
          </Button>
        </section>
      )}
      {open.length > 0 && (
        <section aria-label="Open groups" className="flex items-center gap-1.5">
          <span className="text-ink-3">Open:</span>
          {open.map((group) => (
            <Chip
              key={group}
              text={nameOf(group)}
              label={`Fold ${nameOf(group)}`}
              onRemove={() => props.onCollapse(group)}
            />
          ))}
          {open.length > 1 && (
            <Button size="sm" variant="quiet" onClick={props.onCollapseAll}>
              Fold all
            </Button>
          )}
        </section>
      )}
      {left > 0 && <Chip text={`${left} left out`} label="Show what is left out" onRemove={props.onShowAll} />}
      <div className="text-ink-3">{summary}</div>
    </div>
  );
}

/** A service that is open is named by itself, a group by what it is called. */
function nameOf(group: string): string {
  const [namespace, kind, ...name] = group.split("/");
  return kind === "service" && name.length > 0 ? `${name.join("/")} (${namespace})` : group;
}

function Chip({ text, label, onRemove }: { text: string; label: string; onRemove: () => void }) {
  return (
    <span className="inline-flex items-center rounded-md border border-line bg-surface pl-2 text-ink-2">
      {text}
      <button
        type="button"
        aria-label={label}
        title={label}
        onClick={onRemove}
        className="flex min-h-6 items-center rounded-md px-1.5 text-ink-3 hover:text-ink"
      >
        <X size={12} aria-hidden="true" />
      </button>
    </span>
  );
}

function Hops({ one, hops, onChange }: { one: string; hops: number; onChange: (hops: number) => void }) {
  const label = `${one}s`;
  return (
    <span className="inline-flex items-center gap-0.5">
      <IconButton label={`Fewer ${label}`} size="sm" disabled={hops === 0} onClick={() => onChange(hops - 1)}>
        <Minus size={14} aria-hidden="true" />
      </IconButton>
      <output aria-label={`Calls to ${label}`} className="min-w-4 text-center tabular-nums">
        {hops}
      </output>
      <IconButton label={`More ${label}`} size="sm" disabled={hops === MOST_HOPS} onClick={() => onChange(hops + 1)}>
        <Plus size={14} aria-hidden="true" />
      </IconButton>
      <span className="text-ink-3">{hops === 1 ? one : label}</span>
    </span>
  );
}
