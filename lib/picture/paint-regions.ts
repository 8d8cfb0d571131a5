/** Regions of namespaces, each with its name and what it received. */
import type { Frame } from "./frame";
import { type Region, totalsOf } from "./regions";
import { FONT, fitted, type Surface } from "./surface";

/** Nearer than this there is room for a second line above the nodes. */
const SECOND_LINE_ZOOM = 0.95;

export function paintRegions(surface: Surface, frame: Frame): void {
  const { view } = frame;
  for (const region of frame.scene.regions) {
    const x = region.left * view.zoom + view.x;
    const y = region.top * view.zoom + view.y;
    const width = (region.right - region.left) * view.zoom;
    const height = (region.bottom - region.top) * view.zoom;
    if (x > view.width || y > view.height || x + width < 0 || y + height < 0) continue;
    surface.beginPath();
    surface.roundRect(x, y, width, height, Math.min(12, 12 * view.zoom + 4));
    surface.fillStyle = frame.ink.raised;
    surface.globalAlpha = 0.55;
    surface.fill();
    surface.globalAlpha = 1;
    surface.strokeStyle = frame.ink.line;
    surface.lineWidth = 1;
    surface.stroke();
    paintTitle(surface, frame, { region, x, y, width });
  }
}

interface Title {
  readonly region: Region;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Names keep their size on screen down to where they would not fit. */
function paintTitle(surface: Surface, { view: { zoom }, ink, look }: Frame, { region, x, y, width }: Title): void {
  const size = Math.max(9, Math.min(12, 12 * zoom + 2));
  const inset = Math.min(10, 10 * zoom);
  surface.textBaseline = "top";
  surface.textAlign = "left";
  surface.font = `600 ${size}px ${FONT}`;
  surface.fillStyle = ink["ink-2"];
  const name = fitted(surface, region.name, width - 2 * inset);
  surface.fillText(name, x + inset, y + inset);
  const nameWidth = surface.measureText(name).width;
  const totals = totalsOf(region, look);
  if (totals === "") return;
  surface.font = `400 ${size}px ${FONT}`;
  surface.fillStyle = ink["ink-3"];
  if (nameWidth + surface.measureText(totals).width + 3 * inset < width) {
    surface.fillText(totals, x + inset + nameWidth + 8, y + inset);
  } else if (zoom > SECOND_LINE_ZOOM) {
    surface.fillText(fitted(surface, totals, width - 2 * inset), x + inset, y + inset + size + 4);
  }
}
