/** Regions of namespaces beneath the lines; over these each region's name and what it received. */
import type { Frame } from "./frame";
import { type Box, type Region, totalsOf } from "./regions";
import { FONT, fitted, type Surface } from "./surface";

/** Nearer than this there is room for a second line above the nodes. */
const SECOND_LINE_ZOOM = 0.95;

/** The soft boxes. No figure changes them. */
export function paintRegions(surface: Surface, frame: Frame): void {
  for (const spot of spots(frame)) {
    const { x, y, width, height } = spot;
    surface.beginPath();
    surface.roundRect(x, y, width, height, Math.min(12, 12 * frame.view.zoom + 4));
    surface.fillStyle = frame.ink.raised;
    surface.globalAlpha = 0.55;
    surface.fill();
    surface.globalAlpha = 1;
    surface.strokeStyle = frame.ink.line;
    surface.lineWidth = 1;
    surface.stroke();
  }
}

/** The name of each region, and beside it or beneath it what it received. Painted over the lines, with a halo: a name is read before a line. */
export function paintTitles(surface: Surface, frame: Frame): void {
  const { ink, look, view } = frame;
  surface.strokeStyle = ink.raised;
  surface.lineWidth = 4;
  surface.lineJoin = "round";
  const write = (text: string, x: number, y: number) => {
    surface.strokeText(text, x, y);
    surface.fillText(text, x, y);
  };
  for (const spot of spots(frame)) {
    const { x, y, width } = spot;
    const { name, inset, size, nameWidth } = titleOf(surface, frame, spot);
    surface.fillStyle = ink["ink-2"];
    write(name, x + inset, y + inset);
    const totals = totalsOf(spot.region, look);
    if (totals === "") continue;
    surface.font = `400 ${size}px ${FONT}`;
    surface.fillStyle = ink["ink-3"];
    if (nameWidth + surface.measureText(totals).width + 3 * inset < width) {
      write(totals, x + inset + nameWidth + 8, y + inset);
    } else if (view.zoom > SECOND_LINE_ZOOM) {
      write(fitted(surface, totals, width - 2 * inset), x + inset, y + inset + size + 4);
    }
  }
}

/** The room that the regions' names and totals take on the screen. */
export function* titleRooms(surface: Surface, frame: Frame): Generator<Box> {
  for (const spot of spots(frame)) {
    const { x, y, width } = spot;
    const { inset, size, nameWidth } = titleOf(surface, frame, spot);
    const totals = totalsOf(spot.region, frame.look);
    surface.font = `400 ${size}px ${FONT}`;
    const along = totals === "" ? 0 : surface.measureText(totals).width + 8;
    const beside = nameWidth + along + 3 * inset < width;
    const lines = !beside && frame.view.zoom > SECOND_LINE_ZOOM ? 2 : 1;
    const right = x + inset + (beside ? nameWidth + along : lines === 2 ? width - 2 * inset : nameWidth);
    yield { left: x + inset, right, top: y + inset - 2, bottom: y + inset + lines * (size + 4) };
  }
}

interface Spot {
  readonly region: Region;
  /** Pixels of the screen. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function* spots({ scene, view }: Frame): Generator<Spot> {
  for (const region of scene.regions) {
    const x = region.left * view.zoom + view.x;
    const y = region.top * view.zoom + view.y;
    const width = (region.right - region.left) * view.zoom;
    const height = (region.bottom - region.top) * view.zoom;
    if (x > view.width || y > view.height || x + width < 0 || y + height < 0) continue;
    yield { region, x, y, width, height };
  }
}

/** Names keep their size on screen down to where they would not fit. Leaves the surface ready to write the name. */
function titleOf(surface: Surface, { view: { zoom } }: Frame, { region, width }: Spot) {
  const size = Math.max(9, Math.min(12, 12 * zoom + 5));
  const inset = Math.min(10, 10 * zoom);
  surface.textBaseline = "top";
  surface.textAlign = "left";
  surface.font = `600 ${size}px ${FONT}`;
  const name = fitted(surface, region.name, width - 2 * inset);
  return { name, size, inset, nameWidth: surface.measureText(name).width };
}
