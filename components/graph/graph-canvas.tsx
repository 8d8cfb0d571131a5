"use client";
import { useEffect, useRef, useState } from "react";
import { readInk } from "@/components/theme/ink";
import { useTheme } from "@/components/theme/use-theme";
import { useMarkedPicture } from "@/components/time/marked-picture";
import { useMomentFigures } from "@/components/time/use-moment-figures";
import { announce } from "@/components/ui/announce";
import type { Places } from "@/lib/picture/layout/flow";
import type { EdgeMetric } from "@/lib/picture/metric";
import { GraphControls } from "./graph-controls";
import { Legend } from "./legend";
import { Minimap } from "./minimap";
import type { FoundInPicture, Picture } from "./picture";
import { useWalk } from "./use-walk";
import { GraphView } from "./view/graph-view";
import { ZoomOffer } from "./zoom-offer";

export interface GraphCanvasProps {
  picture: Picture;
  places: Places;
  metric: EdgeMetric;
  /** Id of the chosen node or edge; null for none. */
  selected: string | null;
  /** What a search found; null for no search. */
  found: FoundInPicture | null;
  onSelect: (id: string | null) => void;
  /** Opens what is folded in a node; folds it again; shows only what is near a node. */
  onExpand: (id: string) => void;
  onCollapse: (id: string) => void;
  onFocusNode: (id: string) => void;
  onMove: (id: string, place: { x: number; y: number }) => void;
  onArrange: () => void;
}

/** Above this many nodes a map of the whole is worth its place. */
const MINIMAP_NODES = 150;

/** The picture with its controls. Loaded on its own: the table does not need it. */
export function GraphCanvas({
  picture,
  places,
  metric,
  selected,
  found,
  onSelect,
  onExpand,
  onCollapse,
  onFocusNode,
  onMove,
  onArrange,
}: GraphCanvasProps) {
  const container = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLCanvasElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<GraphView | null>(null);
  const live = useRef({ onSelect, onExpand, onMove });
  live.current = { onSelect, onExpand, onMove };
  const { shown: theme } = useTheme();

  useEffect(() => {
    if (!container.current || !ground.current || !canvas.current) return;
    const made = new GraphView(
      { container: container.current, ground: ground.current, canvas: canvas.current, ink: readInk() },
      {
        onSelect: (id) => live.current.onSelect(id),
        onExpand: (id) => live.current.onExpand(id),
        onMove: (id, place) => live.current.onMove(id, place),
      },
    );
    setView(made);
    return () => {
      setView(null);
      made.destroy();
    };
  }, []);

  const marked = useMarkedPicture(picture);
  useEffect(() => view?.setPicture(marked, places), [view, marked, places]);
  useMomentFigures(view, picture);
  useEffect(() => view?.setMetric(metric), [view, metric]);
  useEffect(() => view?.setSelected(selected), [view, selected]);
  useEffect(() => view?.setFound(found), [view, found]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens read differently once the theme has changed
  useEffect(() => view?.setInk(readInk()), [view, theme]);

  const walking = useWalk(picture, { selected, onOpen: onSelect, onExpand, onCollapse, onFocusNode });
  useEffect(() => view?.setFocused(walking.active ? walking.at : null), [view, walking.active, walking.at]);

  return (
    <div className="relative min-h-0 min-w-0 flex-1 overflow-hidden bg-bg" data-testid="graph">
      <canvas ref={ground} className="pointer-events-none absolute inset-0 size-full" />
      <canvas ref={canvas} className="pointer-events-none absolute inset-0 size-full" />
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys it says it does
        tabIndex={0}
        aria-label={`Service graph, ${picture.nodes.length} nodes. Left goes to callers, right to callees, up and down to siblings, letters to a name. Enter opens, plus and minus unfold and fold, Shift-Enter focuses.`}
        ref={container}
        className="absolute inset-0 touch-none select-none"
        onFocus={walking.onFocus}
        onBlur={walking.onBlur}
        onKeyDown={(event) => walking.onKeyDown(event, () => view?.fit())}
      />
      <Legend />
      {view && (
        <GraphControls
          onFit={() => view.fit()}
          onZoom={(factor) => view.zoomBy(factor)}
          onArrange={() => {
            onArrange();
            requestAnimationFrame(() => view.fit());
            announce("Arranged from callers to callees");
          }}
        />
      )}
      {view && <ZoomOffer view={view} picture={picture} places={places} onExpand={onExpand} />}
      {view && picture.nodes.length > MINIMAP_NODES && <Minimap view={view} picture={picture} places={places} />}
    </div>
  );
}
