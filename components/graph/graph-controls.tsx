"use client";
import { Maximize, Minus, Plus, WandSparkles } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";

interface GraphControlsProps {
  onFit: () => void;
  onZoom: (factor: number) => void;
  onArrange: () => void;
}

/** Zoom, fit and arrange, in the corner. */
export function GraphControls({ onFit, onZoom, onArrange }: GraphControlsProps) {
  return (
    <div className="absolute right-3 bottom-3 flex flex-col rounded-md border border-line bg-surface">
      <IconButton size="sm" label="Nearer" onClick={() => onZoom(1.25)}>
        <Plus size={16} aria-hidden="true" />
      </IconButton>
      <IconButton size="sm" label="Further away" onClick={() => onZoom(0.8)}>
        <Minus size={16} aria-hidden="true" />
      </IconButton>
      <IconButton size="sm" label="Show the whole picture" keys="0" onClick={onFit}>
        <Maximize size={16} aria-hidden="true" />
      </IconButton>
      <IconButton size="sm" label="Arrange from callers to callees" onClick={onArrange}>
        <WandSparkles size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
