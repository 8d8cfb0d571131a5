/** How much room a picture has: the views it is made for, and how near it is when all of it is in view. */
import { FIT_PADDING } from "../viewport";
import type { Orientation, Point } from "./flow";

/** From a node's centre to the edge of its namespace's region. Model pixels. */
export const REGION_PADDING = { x: 74, top: 70, bottom: 66 } as const;

/** What the frame of the page leaves of 1440 x 900 and of 390 x 844. Pixels of the screen. */
export const VIEWS = { wide: { width: 1232, height: 768 }, tall: { width: 390, height: 656 } } as const;

/** Seen from further away than this, nodes are small and names stand in each other's way. */
export const READABLE_ZOOM = 0.75;

/** The zoom at which the view holds all places, however few they are. */
export function fitZoom(places: Iterable<Point>, orientation: Orientation): number {
  const points = [...places];
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return zoomToHold(
    most(xs) - least(xs) + 2 * REGION_PADDING.x,
    most(ys) - least(ys) + REGION_PADDING.top + REGION_PADDING.bottom,
    orientation,
  );
}

/** The zoom at which the view holds a box of so many model pixels. */
export function zoomToHold(width: number, height: number, orientation: Orientation = "wide"): number {
  const view = VIEWS[orientation];
  return Math.min((view.width - 2 * FIT_PADDING) / width, (view.height - 2 * FIT_PADDING) / height);
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
