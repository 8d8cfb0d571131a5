"use client";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { readInk } from "@/components/theme/ink";
import { useTheme } from "@/components/theme/use-theme";
import { useMarkedPicture } from "@/components/time/marked-picture";
import { useMomentFigures } from "@/components/time/use-moment-figures";
import { announce } from "@/components/ui/announce";
import { counted } from "@/lib/format/counted";
import type { LayoutName } from "@/lib/picture/layout/layout-name";
import type { Caption } from "@/lib/picture/legend";
import type { EdgeMetric } from "@/lib/picture/metric";
import { callsUnder } from "./fold";
import { GraphControls } from "./graph-controls";
import { Legend } from "./legend";
import { Minimap } from "./minimap";
import type { FoundInPicture, Picture } from "./picture";
import { useMotion } from "./use-motion";
import type { Placed } from "./use-places";
import { useWalk } from "./use-walk";
import { GraphView } from "./view/graph-view";
import { ZoomOffer } from "./zoom-offer";

export interface GraphCanvasProps {
  picture: Picture;
  /** Where its nodes are, and how to move them. */
  placed: Placed;
  layout: LayoutName;
  metric: EdgeMetric;
  /** What an export says beneath the picture. */
  caption: Caption;
  /** Id of the chosen node or edge; null for none. */
  selected: string | null;
  /** Id of what the panel beside or over the picture shows; null for none. */
  shownInPanel: string | null;
  /** What a search found; null for no search. */
  found: FoundInPicture | null;
  onSelect: (id: string | null) => void;
  /** Opens what is folded in a node; folds it again; shows only what is near a node. */
  onExpand: (id: string) => void;
  onCollapse: (id: string) => void;
  onFocusNode: (id: string) => void;
  onLayout: (layout: LayoutName) => void;
}

const GraphMenus = dynamic(() => import("./graph-menus").then((module) => module.GraphMenus), {
  ssr: false,
  loading: MenusToCome,
});

/** The room of the menus' two buttons. */
function MenusToCome() {
  return <span className="h-[calc(2*var(--control-sm))]" />;
}

/** Above this many nodes a map of the whole is worth its place. */
const MINIMAP_NODES = 150;

/** The picture with its controls. */
export function GraphCanvas({
  picture,
  placed,
  layout,
  metric,
  caption,
  selected,
  shownInPanel,
  found,
  onSelect,
  onExpand,
  onCollapse,
  onFocusNode,
  onLayout,
}: GraphCanvasProps) {
  const { key, places, pinned, isArranging, move: onMove, unpin } = placed;
  const container = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLCanvasElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const motion = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<GraphView | null>(null);
  const [isDrawn, setDrawn] = useState(false);
  const live = useRef({ onSelect, onExpand, onMove });
  live.current = { onSelect, onExpand, onMove };
  const { shown: theme } = useTheme();

  useEffect(() => {
    if (!container.current || !ground.current || !canvas.current || !motion.current) return;
    const made = new GraphView(
      {
        container: container.current,
        ground: ground.current,
        canvas: canvas.current,
        motion: motion.current,
        ink: readInk(),
      },
      {
        onSelect: (id) => live.current.onSelect(id),
        onExpand: (id) => live.current.onExpand(id),
        onMove: (id, place) => live.current.onMove(id, place),
        onDrawn: () => setDrawn(true),
      },
    );
    setView(made);
    return () => {
      setView(null);
      made.destroy();
    };
  }, []);

  const marked = useMarkedPicture(picture);
  const hasRegions = layout !== "radial";
  useEffect(() => {
    // Until the first layout is there nothing has a place to be drawn at.
    if (places.size > 0) view?.setPicture(marked, places, hasRegions);
  }, [view, marked, places, hasRegions]);
  useEffect(() => view?.setPinned(pinned), [view, pinned]);
  const { hasDots, setDots, slides } = useMotion(callsUnder(picture));
  useEffect(() => view?.setMotion(hasDots), [view, hasDots]);
  useEffect(() => view?.setSlides(slides), [view, slides]);
  // Another level, layout or focus is another picture, which may lie anywhere: it is looked at as a whole, and so is one arranged anew.
  const fittedFor = useRef<string | null>(key);
  useEffect(() => {
    if (fittedFor.current === key || isArranging || places.size === 0) return;
    fittedFor.current = key;
    view?.fit();
  }, [view, key, isArranging, places]);
  useMomentFigures(view, picture);
  useEffect(() => view?.setMetric(metric), [view, metric]);
  useEffect(() => view?.setSelected(selected), [view, selected]);
  useEffect(() => {
    if (isDrawn && shownInPanel !== null) view?.revealSelected();
  }, [view, isDrawn, shownInPanel]);
  useEffect(() => view?.setFound(found), [view, found]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens read differently once the theme has changed
  useEffect(() => view?.setInk(readInk()), [view, theme]);

  const walking = useWalk(picture, { selected, onOpen: onSelect, onExpand, onCollapse, onFocusNode });
  useEffect(() => view?.setFocused(walking.active ? walking.at : null), [view, walking.active, walking.at]);

  function togglePin(id: string | null): void {
    const place = id === null ? undefined : places.get(id);
    if (id === null || place === undefined) return;
    if (pinned.has(id)) unpin(id);
    else onMove(id, place);
    announce(pinned.has(id) ? "Unpinned" : "Pinned where it stands");
  }

  return (
    <div className="relative min-h-0 min-w-0 flex-1 overflow-hidden bg-bg" data-testid="graph">
      <canvas ref={ground} className="pointer-events-none absolute inset-0 size-full" />
      <canvas ref={canvas} className="pointer-events-none absolute inset-0 size-full" />
      <canvas ref={motion} className="pointer-events-none absolute inset-0 size-full" />
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys it says it does
        tabIndex={0}
        aria-label={`Service graph, ${counted(picture.nodes.length, "node")}. Left goes to callers, right to callees, up and down to siblings, letters to a name. Enter opens, plus and minus unfold and fold, Shift-Enter focuses, a full stop pins.`}
        ref={container}
        className="absolute inset-0 touch-none select-none"
        onFocus={walking.onFocus}
        onBlur={walking.onBlur}
        onKeyDown={(event) => {
          if (event.key === "." && !event.ctrlKey && !event.metaKey && !event.altKey) togglePin(walking.at);
          else walking.onKeyDown(event, () => view?.fit());
        }}
      />
      <Legend />
      {isArranging && (
        <p role="status" className="absolute top-3 left-3 rounded-md bg-surface px-2.5 py-1 text-ink-2 text-xs">
          Arranging {counted(picture.nodes.length, "node")}
        </p>
      )}
      {view && (
        <GraphControls onFit={() => view.fit()} onZoom={(factor) => view.zoomBy(factor)}>
          {isDrawn ? (
            <GraphMenus
              arrange={{
                layout,
                pins: pinned.size,
                hasDots,
                onLayout,
                onArrange: () => {
                  fittedFor.current = null;
                  placed.arrange();
                  announce(pinned.size > 0 ? "Arranged anew, around what is pinned" : "Arranged anew");
                },
                onUnpinAll: () => unpin(null),
                onDots: setDots,
              }}
              save={{ picture, places, hasRegions, metric, caption }}
            />
          ) : (
            <MenusToCome />
          )}
        </GraphControls>
      )}
      {view && <ZoomOffer view={view} picture={picture} places={places} onExpand={onExpand} />}
      {view && picture.nodes.length > MINIMAP_NODES && <Minimap view={view} />}
    </div>
  );
}
