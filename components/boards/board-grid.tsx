"use client";
import type { ReactNode, Ref } from "react";
import type { TimeChartProps } from "@/components/charts/time-chart";
import type { Panel } from "@/lib/boards/panel";
import type { BoardData, PanelData } from "@/lib/contract/boards";
import { GAP_PX, ROW_PX } from "./grid";
import { PanelCard } from "./panel-card";

interface BoardGridProps {
  panels: readonly Panel[];
  data: BoardData | undefined;
  changes: NonNullable<TimeChartProps["changes"]>;
  /** At the end of a panel's first line. */
  actionsOf: (panel: Panel, index: number, data: PanelData | null) => ReactNode;
  /** Its lower right corner. */
  cornerOf?: (panel: Panel, index: number) => ReactNode;
  ref?: Ref<HTMLDivElement>;
}

/** Twelve columns, rows of 44 px; on a phone one below the other, single figures by twos. */
export function BoardGrid({ panels, data, changes, actionsOf, cornerOf, ref }: BoardGridProps) {
  const keys = keysOf(panels);
  const matches = data?.panels.length === panels.length;
  const figuresOf = (index: number) => (matches ? (data?.panels[index] ?? null) : null);
  return (
    <div
      ref={ref}
      className="grid grid-cols-12 gap-(--gap) max-sm:grid-cols-2"
      style={{ "--gap": `${GAP_PX}px`, gridAutoRows: `minmax(${ROW_PX}px, auto)` } as React.CSSProperties}
    >
      {panels.map((panel, index) => (
        <div
          key={keys[index]}
          className="relative min-w-0 [grid-area:var(--area)] max-sm:[grid-area:span_var(--rows)/span_var(--columns)]"
          style={
            {
              "--area": areaOf(panel),
              "--rows": panel.place.h,
              "--columns": panel.kind === "stat" ? 1 : 2,
            } as React.CSSProperties
          }
        >
          <PanelCard
            panel={panel}
            data={figuresOf(index)}
            changes={changes}
            actions={actionsOf(panel, index, figuresOf(index))}
          />
          {cornerOf?.(panel, index)}
        </div>
      ))}
    </div>
  );
}

/** A panel keeps its key, and with it the focus, wherever it is moved: its title, and which of that title it is. */
function keysOf(panels: readonly Panel[]): readonly string[] {
  const seen = new Map<string, number>();
  return panels.map(({ title }) => {
    const count = (seen.get(title) ?? 0) + 1;
    seen.set(title, count);
    return `${title} ${count}`;
  });
}

function areaOf({ place }: Panel): string {
  return `${place.y + 1} / ${place.x + 1} / span ${place.h} / span ${place.w}`;
}
