/** Regions of namespaces beneath the lines; over these each region's name and what it received. */
import type { Frame } from "./frame";
import type { Ink } from "./ink";
import { type Box, type Region, totalsOf } from "./regions";
import { FONT, fitted, type Surface } from "./surface";

/** Nearer than this there is room for a second line above the nodes. */
const SECOND_LINE_ZOOM = 0.95;
/** Of a name that is cut to less than this nothing could be told. Pixels of the screen. */
const NARROWEST = 40;

/** The soft boxes. No figure changes them. */
export function paintRegions(surface: Surface, frame: Frame): void {
  for (const spot of spots(frame)) {
    const { x, y, width, height } = spot;
    surface.beginPath();
    surface.roundRect(x, y, width, height, Math.min(12, 12 * frame.view.zoom + 4));
    fillSoftly(surface, frame.ink);
    surface.strokeStyle = frame.ink.line;
    surface.lineWidth = 1;
    surface.stroke();
  }
}

function fillSoftly(surface: Surface, ink: Ink): void {
  surface.fillStyle = ink.raised;
  surface.globalAlpha = 0.55;
  surface.fill();
  surface.globalAlpha = 1;
}

/**
 * The name of each region, and beside it or beneath it what it received. Over the lines, on a ground of their own: a halo would leave
 * pieces of lines between words.
 */
export function paintTitles(surface: Surface, frame: Frame): void {
  const { ink, look, view } = frame;
  for (const spot of spots(frame)) {
    const { x, y, width } = spot;
    const { name, inset, size, nameWidth } = titleOf(surface, frame, spot);
    const write = (text: string, at: { readonly x: number; readonly y: number; readonly ink: keyof Ink }) => {
      surface.beginPath();
      surface.roundRect(at.x - 3, at.y - 2, surface.measureText(text).width + 6, size + 4, 3);
      // As the region is: only lines are hidden by it.
      surface.fillStyle = ink.bg;
      surface.fill();
      fillSoftly(surface, ink);
      surface.fillStyle = ink[at.ink];
      surface.fillText(text, at.x, at.y);
    };
    if (name === "") continue;
    write(name, { x: x + inset, y: y + inset, ink: "ink-2" });
    const totals = totalsOf(spot.region, look);
    if (totals === "") continue;
    surface.font = `400 ${size}px ${FONT}`;
    if (nameWidth + surface.measureText(totals).width + 3 * inset < width) {
      write(totals, { x: x + inset + nameWidth + 8, y: y + inset, ink: "ink-3" });
    } else if (view.zoom > SECOND_LINE_ZOOM) {
      const text = fitted(surface, totals, width - 2 * inset);
      write(text, { x: x + inset, y: y + inset + size + 4, ink: "ink-3" });
    }
  }
}

/** The room that the regions' names and totals take on the screen. */
export function* titleRooms(surface: Surface, frame: Frame): Generator<Box> {
  for (const spot of spots(frame)) {
    const { x, y, width } = spot;
    const { name, inset, size, nameWidth } = titleOf(surface, frame, spot);
    if (name === "") continue;
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

/** Names keep their size on screen down to where they would not fit; "" where there is no room for one. Leaves the surface ready to write the name. */
function titleOf(surface: Surface, { view: { zoom } }: Frame, { region, width }: Spot) {
  const size = Math.max(9, Math.min(12, 12 * zoom + 5));
  const inset = Math.min(10, 10 * zoom);
  surface.textBaseline = "top";
  surface.textAlign = "left";
  surface.font = `600 ${size}px ${FONT}`;
  const cut = fitted(surface, region.name, width - 2 * inset);
  const name = cut !== region.name && width < NARROWEST ? "" : cut;
  return { name, size, inset, nameWidth: surface.measureText(name).width };
}
