/** What painters draw on: the part of a 2D canvas context they need, so that the same lines make the screen, a PNG and an SVG. */
export interface Surface {
  fillStyle: string | object;
  strokeStyle: string | object;
  lineWidth: number;
  lineJoin: "bevel" | "miter" | "round";
  lineCap: "butt" | "round" | "square";
  globalAlpha: number;
  font: string;
  textAlign: "start" | "end" | "left" | "right" | "center";
  textBaseline: "alphabetic" | "bottom" | "hanging" | "ideographic" | "middle" | "top";
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  ellipse(x: number, y: number, rx: number, ry: number, rotation: number, from: number, to: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  roundRect(x: number, y: number, width: number, height: number, radius: number): void;
  fill(): void;
  stroke(): void;
  setLineDash(dashes: number[]): void;
  fillText(text: string, x: number, y: number): void;
  strokeText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
}

/** Zoom and pan: a model point p stands at p * zoom + (x, y). Pixels of the screen. */
export interface View {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const FONT = "Inter, ui-sans-serif, system-ui, sans-serif";

/** The text, or as much of it as the width holds with an ellipsis. */
export function fitted(surface: Surface, text: string, width: number): string {
  if (surface.measureText(text).width <= width) return text;
  let fits = 1;
  let over = text.length;
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    if (surface.measureText(`${text.slice(0, middle)}…`).width <= width) fits = middle;
    else over = middle;
  }
  return `${text.slice(0, fits)}…`;
}
