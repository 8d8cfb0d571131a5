"use client";
import { Maximize, Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";

interface GraphControlsProps {
  onFit: () => void;
  onZoom: (factor: number) => void;
  /** What else one does with the picture: menus. */
  children: ReactNode;
}

/** Zoom, fit, arrange and save, in the corner. */
export function GraphControls({ onFit, onZoom, children }: GraphControlsProps) {
  return (
    <div data-floats="" className="absolute right-3 bottom-3 flex flex-col rounded-md border border-line bg-surface">
      <IconButton size="sm" label="Nearer" onClick={() => onZoom(1.25)}>
        <Plus size={16} aria-hidden="true" />
      </IconButton>
      <IconButton size="sm" label="Further away" onClick={() => onZoom(0.8)}>
        <Minus size={16} aria-hidden="true" />
      </IconButton>
      <IconButton size="sm" label="Show the whole picture" keys="0" onClick={onFit}>
        <Maximize size={16} aria-hidden="true" />
      </IconButton>
      {children}
    </div>
  );
}
