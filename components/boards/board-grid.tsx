"use client";
import type { ReactNode } from "react";
import type { TimeChartProps } from "@/components/charts/time-chart";
import type { Panel } from "@/lib/boards/panel";
import type { BoardData } from "@/lib/contract/boards";
import { GAP_PX, ROW_PX } from "./grid";
import { PanelCard } from "./panel-card";

interface BoardGridProps {
  panels: readonly Panel[];
  data: BoardData | undefined;
  changes: NonNullable<TimeChartProps["changes"]>;
  actionsOf: (index: number) => ReactNode;
}

/** Twelve columns, rows of 44 px; on a phone one below the other. */
export function BoardGrid({ panels, data, changes, actionsOf }: BoardGridProps) {
  const matches = data?.panels.length === panels.length;
  return (
    <div
      className="grid grid-cols-12 gap-(--gap) max-sm:grid-cols-1"
      style={{ "--gap": `${GAP_PX}px`, gridAutoRows: `minmax(${ROW_PX}px, auto)` } as React.CSSProperties}
    >
      {panels.map((panel, index) => (
        <div
          key={`${panel.title} ${panel.place.x} ${panel.place.y}`}
          className="min-w-0 [grid-area:var(--area)] max-sm:[grid-area:span_var(--rows)/auto]"
          style={{ "--area": areaOf(panel), "--rows": panel.place.h } as React.CSSProperties}
        >
          <PanelCard
            panel={panel}
            data={(matches && data?.panels[index]) || null}
            changes={changes}
            actions={actionsOf(index)}
          />
        </div>
      ))}
    </div>
  );
}

function areaOf({ place }: Panel): string {
  return `${place.y + 1} / ${place.x + 1} / span ${place.h} / span ${place.w}`;
}
