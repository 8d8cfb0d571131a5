"use client";
import { Move } from "lucide-react";
import type { KeyboardEvent, PointerEvent } from "react";
import { announce } from "@/components/ui/announce";
import { IconButton } from "@/components/ui/icon-button";
import type { Panel, Place } from "@/lib/boards/panel";
import { GAP_PX, ROW_PX } from "./grid";

/** Where a panel shall be, from where it is by now; `done` when it is let go. Answers where it came to lie. */
export type OnPlace = (move: (place: Place) => Place, done: boolean) => Place;

interface HandleProps {
  panel: Panel;
  /** The grid's width, pixels. */
  gridWidth: () => number;
  onPlace: OnPlace;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Drag, or arrow keys: moves the panel; with Shift the keys resize it. Each step is spoken. */
export function MoveHandle({ panel, gridWidth, onPlace }: HandleProps) {
  const { title, place: start } = panel;
  function onKeyDown(event: KeyboardEvent): void {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const [dx, dy] = arrow;
    const resizes = event.shiftKey;
    const to = onPlace((place) => {
      return resizes ? { ...place, w: place.w + dx, h: place.h + dy } : { ...place, x: place.x + dx, y: place.y + dy };
    }, true);
    announce(`${title}: column ${to.x + 1}, row ${to.y + 1}, ${to.w} wide, ${to.h} high`);
  }
  return (
    <IconButton
      size="sm"
      label={`Move ${title}: drag, or arrow keys; with Shift they resize`}
      className="-my-1 cursor-move touch-none max-sm:hidden"
      onKeyDown={onKeyDown}
      onPointerDown={(event) =>
        dragged(event, { gridWidth, onPlace }, (dx, dy) => ({ ...start, x: start.x + dx, y: start.y + dy }))
      }
    >
      <Move size={14} aria-hidden="true" />
    </IconButton>
  );
}

/** The lower right corner: dragged, it resizes. The keyboard has the move handle for it. */
export function ResizeCorner({ panel: { place }, gridWidth, onPlace }: HandleProps) {
  return (
    <div
      aria-hidden="true"
      className="absolute right-0.5 bottom-0.5 size-4 cursor-nwse-resize touch-none rounded-br-md border-line-strong border-r-2 border-b-2 opacity-40 hover:opacity-100 max-sm:hidden"
      onPointerDown={(event) =>
        dragged(event, { gridWidth, onPlace }, (dx, dy) => ({ ...place, w: place.w + dx, h: place.h + dy }))
      }
    />
  );
}

/** Follows the pointer in whole columns and rows until it is let go. */
function dragged(
  event: PointerEvent<HTMLElement>,
  { gridWidth, onPlace }: Pick<HandleProps, "gridWidth" | "onPlace">,
  placeAt: (columns: number, rows: number) => Place,
): void {
  event.preventDefault();
  const element = event.currentTarget;
  const { clientX, clientY } = event;
  const column = (gridWidth() + GAP_PX) / 12;
  const at = (move: globalThis.PointerEvent) =>
    placeAt(Math.round((move.clientX - clientX) / column), Math.round((move.clientY - clientY) / (ROW_PX + GAP_PX)));
  const onMove = (move: globalThis.PointerEvent) => void onPlace(() => at(move), false);
  const onEnd = (end: globalThis.PointerEvent) => {
    element.removeEventListener("pointermove", onMove);
    element.removeEventListener("pointerup", onEnd);
    element.removeEventListener("pointercancel", onEnd);
    onPlace(() => at(end), true);
  };
  element.setPointerCapture(event.pointerId);
  element.addEventListener("pointermove", onMove);
  element.addEventListener("pointerup", onEnd);
  element.addEventListener("pointercancel", onEnd);
}
