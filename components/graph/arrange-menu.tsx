"use client";
import { Check, WandSparkles } from "lucide-react";
import { useShortcuts } from "@/components/keys/use-shortcuts";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuHeading, MenuItem, MenuLine } from "@/components/ui/menu";
import { LAYOUTS, type LayoutName } from "@/lib/picture/layout/layout-name";

export interface ArrangeMenuProps {
  layout: LayoutName;
  /** How many nodes stand where they were put. */
  pins: number;
  hasDots: boolean;
  onLayout: (layout: LayoutName) => void;
  onArrange: () => void;
  onUnpinAll: () => void;
  onDots: (on: boolean) => void;
}

/** How nodes are placed, and whether calls move. */
export function ArrangeMenu({ layout, pins, hasDots, onLayout, onArrange, onUnpinAll, onDots }: ArrangeMenuProps) {
  useShortcuts([
    ...LAYOUTS.map(({ value, label }) => ({
      keys: "",
      label: `Layout: ${label}`,
      group: "Graph",
      run: () => onLayout(value),
    })),
    {
      keys: "",
      label: hasDots ? "Stop the motion of calls" : "Show calls as moving dots",
      group: "Graph",
      run: () => onDots(!hasDots),
    },
    ...(pins > 0 ? [{ keys: "", label: "Unpin all nodes", group: "Graph", run: onUnpinAll }] : []),
  ]);
  return (
    <Menu
      label="Arrange the graph"
      trigger={
        <IconButton size="sm" label="Arrange the graph">
          <WandSparkles size={16} aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuHeading>Layout</MenuHeading>
      {LAYOUTS.map(({ value, label }) => (
        <MenuItem key={value} onSelect={() => onLayout(value)}>
          <span className="w-4">{value === layout && <Check size={14} aria-label="chosen" />}</span>
          {label}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onSelect={onArrange}>
        <span className="w-4" />
        Arrange anew{pins > 0 ? ", around what is pinned" : ""}
      </MenuItem>
      {pins > 0 && (
        <MenuItem onSelect={onUnpinAll}>
          <span className="w-4" />
          Unpin {pins === 1 ? "the pinned node" : `all ${pins} pinned nodes`}
        </MenuItem>
      )}
      <MenuItem onSelect={() => onDots(!hasDots)}>
        <span className="w-4">{hasDots && <Check size={14} aria-label="on" />}</span>
        Calls as moving dots
      </MenuItem>
    </Menu>
  );
}
