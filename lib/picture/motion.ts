/** Calls as dots that run along their lines: more of them where more is called, another shape where they fail. */
import type { TakenRoom } from "./boxes";
import { edgesInView, type Frame, screenLine } from "./frame";
import type { Ink } from "./ink";
import { EDGE_LOOKS } from "./look";
import { emptyLine, type Line, pointOn } from "./scene";
import type { Surface } from "./surface";

/** Of more edges than this in view motion is noise: none moves. */
export const MOST_MOVING = 1000;
/** Pixels a second. */
const SPEED = 70;
/** Pixels between two dots of the busiest edge, and of one that hardly calls. */
const SPACING = { least: 26, most: 150 } as const;
const WIDEST = 4.5;
/** Crosses of denied calls on their hatching: fewer, or neither could be told. Pixels. */
const CROSSES_APART = 90;
/** Dots end where the arrow begins. Pixels. */
const ARROW = 8;

type Shape = "dot" | "square" | "triangle" | "cross";

export interface Run {
  readonly line: Line;
  /** Pixels. */
  readonly length: number;
  readonly spacing: number;
  readonly shape: Shape;
  readonly ink: keyof Ink;
}

const SHAPES: Readonly<Record<string, { readonly shape: Shape; readonly ink: keyof Ink }>> = {
  healthy: { shape: "dot", ink: "ink" },
  degraded: { shape: "square", ink: "warn" },
  failing: { shape: "triangle", ink: "fail" },
  denied: { shape: "cross", ink: "ink" },
};

/** What moves in a frame. Worked out once; each step only paints it at another time. */
export function runsOf(frame: Frame): readonly Run[] {
  const visible = edgesInView(frame);
  if (visible.length > MOST_MOVING) return [];
  const runs: Run[] = [];
  for (const edge of visible) {
    const style = SHAPES[EDGE_LOOKS[frame.look.edgeLook[edge] ?? 0] ?? ""];
    if (style === undefined || frame.shade?.edges[edge] === 1) continue;
    const line = emptyLine();
    if (!screenLine(frame, edge, line)) continue;
    const share = Math.min(1, (frame.look.edgeWidth[edge] ?? 0) / WIDEST);
    runs.push({
      ...style,
      line,
      length: Math.hypot(line.x2 - line.x1, line.y2 - line.y1),
      spacing: style.shape === "cross" ? CROSSES_APART : SPACING.most - share * (SPACING.most - SPACING.least),
    });
  }
  return runs;
}

interface Moment {
  readonly seconds: number;
  readonly ink: Ink;
  /** What dots pass beneath. */
  readonly labels: TakenRoom;
}

/** The dots as they are at a time (seconds). One fill for each shape. */
export function paintMotion(surface: Surface, runs: readonly Run[], { seconds, ink, labels }: Moment): void {
  for (const { shape, ink: name } of Object.values(SHAPES)) {
    surface.beginPath();
    for (const run of runs) if (run.shape === shape) addDots(surface, run, { seconds, labels });
    surface.fillStyle = ink[name];
    surface.fill();
  }
}

function addDots(
  surface: Surface,
  { line, length, spacing, shape }: Run,
  { seconds, labels }: Omit<Moment, "ink">,
): void {
  if (length < 1) return;
  for (let at = (seconds * SPEED) % spacing; at < length - ARROW; at += spacing) {
    const { x, y } = pointOn(line, at / length);
    if (!labels.isFree({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 })) continue;
    if (shape === "dot") {
      surface.moveTo(x + 2.5, y);
      surface.arc(x, y, 2.5, 0, 2 * Math.PI);
    } else if (shape === "square") {
      surface.rect(x - 3, y - 3, 6, 6);
    } else if (shape === "triangle") {
      surface.moveTo(x, y - 4);
      surface.lineTo(x + 4, y + 3.5);
      surface.lineTo(x - 4, y + 3.5);
      surface.closePath();
    } else {
      surface.rect(x - 4.5, y - 1.25, 9, 2.5);
      surface.rect(x - 1.25, y - 4.5, 2.5, 9);
    }
  }
}
