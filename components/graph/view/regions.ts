/** Namespaces as soft regions beneath the graph: plain drawing, as compound nodes make every pan and zoom slow. */

import { formatQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import type { Ink } from "@/lib/picture/ink";
import { type Places, REGION_PADDING } from "@/lib/picture/layout/flow";
import type { Picture } from "../picture";

export interface Region {
  readonly namespace: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Calls its nodes received from other namespaces and from each other, and how many of them failed or were refused. */
  readonly totals: string;
}

/** One region around the nodes of each namespace. Model pixels. */
export function regionsOf(picture: Picture, places: Places): readonly Region[] {
  const namespaces = [...new Set(picture.nodes.map((node) => node.namespace))];
  return namespaces.flatMap((namespace): Region[] => {
    const nodes = picture.nodes.filter((node) => node.namespace === namespace);
    const points = nodes.flatMap((node) => places.get(node.id) ?? []);
    if (points.length === 0) return [];
    const xs = points.map((point) => point.x);
    const ys = points.map((point) => point.y);
    return [
      {
        namespace,
        left: Math.min(...xs) - REGION_PADDING.x,
        right: Math.max(...xs) + REGION_PADDING.x,
        top: Math.min(...ys) - REGION_PADDING.top,
        bottom: Math.max(...ys) + REGION_PADDING.bottom,
        totals: totalsOf(picture, new Set(nodes.map((node) => node.id))),
      },
    ];
  });
}

function totalsOf(picture: Picture, ids: ReadonlySet<string>): string {
  let calls = 0;
  let failed = 0;
  let denied = 0;
  for (const { to, edge } of picture.edges) {
    if (edge === null || !ids.has(to)) continue;
    calls += edge.requestsPerSecond;
    failed += edge.requestsPerSecond * (edge.errorRatio ?? 0);
    denied += edge.deniedPerSecond;
  }
  const parts = calls > 0 ? [`${formatQuantity(rateQuantity(calls))} in`] : [];
  if (failed > 0) parts.push(`${formatQuantity(percentQuantity(failed / calls))} failing`);
  if (denied > 0) parts.push(`${formatQuantity(rateQuantity(denied))} denied`);
  return parts.join(", ");
}

interface Frame {
  readonly zoom: number;
  readonly pan: { readonly x: number; readonly y: number };
  readonly ink: Ink;
}

/** Nearer than this there is room for a second line above the nodes. */
const SECOND_LINE_ZOOM = 0.95;

/** Names keep their size on screen down to where they would not fit. */
export function drawRegions(
  context: CanvasRenderingContext2D,
  regions: readonly Region[],
  { zoom, pan, ink }: Frame,
): void {
  for (const region of regions) {
    const x = region.left * zoom + pan.x;
    const y = region.top * zoom + pan.y;
    const width = (region.right - region.left) * zoom;
    const height = (region.bottom - region.top) * zoom;
    context.beginPath();
    context.roundRect(x, y, width, height, Math.min(12, 12 * zoom + 4));
    context.fillStyle = ink.raised;
    context.globalAlpha = 0.55;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = ink.line;
    context.lineWidth = 1;
    context.stroke();
    const size = Math.max(9, Math.min(12, 12 * zoom + 2));
    context.textBaseline = "top";
    context.textAlign = "left";
    context.font = `600 ${size}px ${FONT}`;
    context.fillStyle = ink["ink-2"];
    const inset = Math.min(10, 10 * zoom);
    const name = fitted(context, region.namespace, width - 2 * inset);
    context.fillText(name, x + inset, y + inset);
    const nameWidth = context.measureText(name).width;
    context.font = `400 ${size}px ${FONT}`;
    if (region.totals === "") continue;
    context.fillStyle = ink["ink-3"];
    if (nameWidth + context.measureText(region.totals).width + 3 * inset < width) {
      context.fillText(region.totals, x + inset + nameWidth + 8, y + inset);
    } else if (zoom > SECOND_LINE_ZOOM) {
      context.fillText(fitted(context, region.totals, width - 2 * inset), x + inset, y + inset + size + 4);
    }
  }
}

export const FONT = "Inter, ui-sans-serif, system-ui, sans-serif";

/** The text, or as much of it as the width holds with an ellipsis. */
export function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  let end = text.length;
  while (end > 1 && context.measureText(end < text.length ? `${text.slice(0, end)}…` : text).width > width) end -= 1;
  return end < text.length ? `${text.slice(0, end)}…` : text;
}
