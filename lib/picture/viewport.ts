/** Zoom and pan of a picture as values. */
import type { Box } from "./regions";
import type { View } from "./surface";

export const ZOOM = { least: 0.04, most: 3 } as const;
/** Pixels of the screen that stay free around a picture that is all in view. */
export const FIT_PADDING = 36;
/** A small picture is not blown up. */
const MOST_ZOOM_OF_FIT = 1.25;

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** How much at each side of the view is for something else. Pixels of the screen. */
export interface Insets {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const NO_INSETS: Insets = { left: 0, right: 0, top: 0, bottom: 0 };

/** The box (model pixels) whole and in the middle of what the insets leave. */
export function fitView(box: Box, { width, height }: Size, insets: Insets = NO_INSETS): View {
  const padding = Math.min(FIT_PADDING, width / 8, height / 8);
  const left = Math.max(padding, insets.left);
  const top = Math.max(padding, insets.top);
  const across = width - left - Math.max(padding, insets.right);
  const down = height - top - Math.max(padding, insets.bottom);
  const zoom = clampedZoom(
    Math.min(MOST_ZOOM_OF_FIT, across / Math.max(1, box.right - box.left), down / Math.max(1, box.bottom - box.top)),
  );
  return {
    zoom,
    width,
    height,
    x: left + across / 2 - ((box.left + box.right) / 2) * zoom,
    y: top + down / 2 - ((box.top + box.bottom) / 2) * zoom,
  };
}

/** A model point in the middle of the screen. */
export function centredView({ zoom, width, height }: Size & { readonly zoom: number }, point: Point): View {
  return { zoom, width, height, x: width / 2 - point.x * zoom, y: height / 2 - point.y * zoom };
}

/** What is to be seen is not nearer to the edge than this; where there is little room, in its middle third. Pixels of the screen. */
const REVEAL_MARGIN = 60;
/** Less than this shows no node. Pixels of the screen. */
const LEAST_HEIGHT = 40;

/** With a model point in the middle of the upper `freeHeight` pixels where it was not well within them; the same view where it was. */
export function revealedView(view: View, point: Point, freeHeight: number): View {
  const { zoom, width, height } = view;
  const isInside = (value: number, most: number) => {
    const margin = Math.min(REVEAL_MARGIN, most / 3);
    return value >= margin && value <= most - margin;
  };
  if (width === 0 || freeHeight < LEAST_HEIGHT) return view;
  if (isInside(point.x * zoom + view.x, width) && isInside(point.y * zoom + view.y, freeHeight)) return view;
  return { ...centredView({ zoom, width, height: freeHeight }, point), height };
}

/** Nearer or further by a factor; what is at `at` (pixels of the screen) stays there. */
export function zoomedView(view: View, factor: number, at: Point): View {
  const zoom = clampedZoom(view.zoom * factor);
  const scale = zoom / view.zoom;
  return { ...view, zoom, x: at.x - (at.x - view.x) * scale, y: at.y - (at.y - view.y) * scale };
}

function clampedZoom(zoom: number): number {
  return Math.min(ZOOM.most, Math.max(ZOOM.least, zoom));
}

export function toModel({ zoom, x, y }: View, at: Point): Point {
  return { x: (at.x - x) / zoom, y: (at.y - y) / zoom };
}

/** What is exactly in view, model pixels. */
export function seenBox({ zoom, x, y, width, height }: View): Box {
  return { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
}

/** How a drawing of one view is moved and scaled to stand in for another: CSS translate and scale from the upper left corner. */
export function standIn(drawn: View, wanted: View): { readonly x: number; readonly y: number; readonly scale: number } {
  const scale = wanted.zoom / drawn.zoom;
  return { scale, x: wanted.x - drawn.x * scale, y: wanted.y - drawn.y * scale };
}
