/** The marks of states on a canvas, in a box of 14 around the origin; the same shapes as StatusMark draws. */
import type { Status } from "@/components/ui/status-mark";

const PATH: Readonly<Partial<Record<Status, string>>> = {
  degraded: "M0 -5.4 6 5.2H-6Z M0 -1.4v3 M0 3.4v.1",
  failing: "M-2.6 -6h5.2L6 -2.6v5.2L2.6 6h-5.2L-6 2.6v-5.2Z M0 -3v3.6 M0 2.9v.1",
  denied: "M0 -6a6 6 0 1 0 0 12A6 6 0 0 0 0 -6Z M-3.2 0h6.4",
  encrypted: "M-4 -0.5h8V5H-4Z M-2.3 -0.5V-2.7a2.3 2.3 0 0 1 4.6 0v2.2",
  plaintext: "M-4 -0.5h8V5H-4Z M-2.3 -0.5V-3a2.3 2.3 0 0 1 4.4 -.9",
};

const paths = new Map<Status, Path2D>();

/** Draws a mark around (x, y); nothing for states without one. */
export function drawMark(
  context: CanvasRenderingContext2D,
  status: Status,
  at: { x: number; y: number; size: number; ink: string },
): void {
  const text = PATH[status];
  if (text === undefined) return;
  const path = paths.get(status) ?? new Path2D(text);
  paths.set(status, path);
  context.save();
  context.translate(at.x, at.y);
  context.scale(at.size / 14, at.size / 14);
  context.strokeStyle = at.ink;
  context.lineWidth = 1.6;
  context.lineJoin = "round";
  context.lineCap = "round";
  context.stroke(path);
  context.restore();
}
