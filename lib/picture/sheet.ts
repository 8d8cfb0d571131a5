/** A picture as a document: all of it at its own size, with a caption and a legend beneath. What PNG and SVG have in common. */
import type { Frame } from "./frame";
import type { Ink } from "./ink";
import { flowLayout, type Places } from "./layout/flow";
import { layoutLinks, layoutNodes } from "./layout/input";
import { type Caption, paintLegend } from "./legend";
import { lookOf } from "./look";
import type { EdgeMetric } from "./metric";
import { paintFigures, paintGround } from "./paint";
import type { DrawnFigures, DrawnPicture } from "./picture";
import { boundsOf } from "./regions";
import { sceneOf } from "./scene";
import type { Surface } from "./surface";

export interface SheetInput {
  readonly picture: DrawnPicture;
  /** Model pixels by node id; null: laid out from callers to callees. */
  readonly places: Places | null;
  /** Whether groups are drawn as regions; true without. */
  readonly hasRegions?: boolean;
  readonly ink: Ink;
  readonly metric: EdgeMetric;
  readonly caption: Caption;
  /** Figures of another moment; the picture's own without. */
  readonly figures?: DrawnFigures | null;
}

export interface Sheet {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly paint: (surface: Surface) => void;
}

const PADDING = 28;
/** The legend wants this much at least. */
const NARROWEST = 420;
/** Room for what a picture without nodes would take. */
const EMPTY = { left: 0, right: 360, top: 0, bottom: 120 };

/** `measure`: a surface that knows how wide text is. It is drawn on by nothing. */
export function sheetOf(input: SheetInput, measure: Surface): Sheet {
  const { picture, ink, caption, metric, figures = null } = input;
  const scene = sceneOf(
    picture,
    input.places ?? flowLayout(layoutNodes(picture), layoutLinks(picture)),
    input.hasRegions,
  );
  const box = boundsOf(scene) ?? EMPTY;
  const width = Math.max(NARROWEST, Math.ceil(box.right - box.left + 2 * PADDING));
  const pictureHeight = Math.ceil(box.bottom - box.top + 2 * PADDING);
  const height = pictureHeight + paintLegend(measure, caption, { top: 0, width, ink: null });
  const frame: Frame = {
    scene,
    look: lookOf(picture, figures, scene.indexOf),
    figures,
    view: {
      zoom: 1,
      x: (width - box.right - box.left) / 2,
      y: PADDING - box.top,
      width,
      height: pictureHeight,
    },
    ink,
    metric,
    shade: null,
    chosen: null,
    focused: null,
    pinned: new Set(),
  };
  return {
    width,
    height,
    paint(surface) {
      surface.beginPath();
      surface.rect(0, 0, width, height);
      surface.fillStyle = ink.bg;
      surface.fill();
      paintGround(surface, frame);
      paintFigures(surface, frame);
      surface.beginPath();
      surface.moveTo(0, pictureHeight);
      surface.lineTo(width, pictureHeight);
      surface.strokeStyle = ink.line;
      surface.lineWidth = 1;
      surface.stroke();
      paintLegend(surface, caption, { top: pictureHeight, width, ink });
    },
  };
}
