/** A surface that writes SVG: paths with their ink as attributes, text as text. */
import type { Surface } from "./surface";
import { textWidth } from "./text-width";

const TURN = 2 * Math.PI;
const BASELINES: Readonly<Partial<Record<Surface["textBaseline"], number>>> = { top: 0.86, middle: 0.36 };
const ANCHORS: Readonly<Partial<Record<Surface["textAlign"], string>>> = { center: "middle", right: "end", end: "end" };

export class SvgSurface implements Surface {
  fillStyle: string | object = "#000";
  strokeStyle: string | object = "#000";
  lineWidth = 1;
  lineJoin: Surface["lineJoin"] = "miter";
  lineCap: Surface["lineCap"] = "butt";
  globalAlpha = 1;
  /** `500 12px Family`. */
  font = "400 10px sans-serif";
  textAlign: Surface["textAlign"] = "start";
  textBaseline: Surface["textBaseline"] = "alphabetic";
  #dashes: readonly number[] = [];
  #path = "";
  readonly #elements: string[] = [];

  /** Everything drawn so far. */
  markup(): string {
    return this.#elements.join("\n");
  }

  beginPath(): void {
    this.#path = "";
  }

  closePath(): void {
    this.#path += "Z";
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.#path += `${this.#path === "" ? "M" : "L"}${short(x)} ${short(y)}`;
  }

  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.#path += `Q${short(cx)} ${short(cy)} ${short(x)} ${short(y)}`;
  }

  arc(x: number, y: number, radius: number, from: number, to: number): void {
    this.ellipse(x, y, radius, radius, 0, from, to);
  }

  /** Clockwise; the path goes straight to where the arc begins, as on a canvas. */
  ellipse(x: number, y: number, rx: number, ry: number, _rotation: number, from: number, to: number): void {
    const at = (angle: number) => `${short(x + rx * Math.cos(angle))} ${short(y + ry * Math.sin(angle))}`;
    this.lineTo(x + rx * Math.cos(from), y + ry * Math.sin(from));
    const sweep = Math.min(TURN, to - from);
    // An arc whose ends meet is none in SVG: a circle is drawn as two halves.
    const stops = sweep > TURN - 0.001 ? [from + sweep / 2, from + sweep] : [from + sweep];
    for (const stop of stops) {
      const large = stops.length === 1 && sweep > Math.PI ? 1 : 0;
      this.#path += `A${short(rx)} ${short(ry)} 0 ${large} 1 ${at(stop)}`;
    }
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const r = Math.max(0, Math.min(radius, width / 2, height / 2));
    const corner = (dx: number, dy: number) => `a${short(r)} ${short(r)} 0 0 1 ${short(dx)} ${short(dy)}`;
    this.#path +=
      `M${short(x + r)} ${short(y)}h${short(width - 2 * r)}${corner(r, r)}v${short(height - 2 * r)}${corner(-r, r)}` +
      `h${short(2 * r - width)}${corner(-r, -r)}v${short(2 * r - height)}${corner(r, -r)}Z`;
  }

  setLineDash(dashes: number[]): void {
    this.#dashes = dashes;
  }

  fill(): void {
    if (this.#path !== "") this.#add(`<path d="${this.#path}" fill="${this.fillStyle}"${this.#opacity()}/>`);
  }

  stroke(): void {
    if (this.#path === "") return;
    const dashes = this.#dashes.length > 0 ? ` stroke-dasharray="${this.#dashes.map(short).join(" ")}"` : "";
    const ends = this.lineCap === "round" ? ' stroke-linecap="round" stroke-linejoin="round"' : "";
    this.#add(
      `<path d="${this.#path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}"${dashes}${ends}${this.#opacity()}/>`,
    );
  }

  fillText(text: string, x: number, y: number): void {
    if (text !== "") this.#text(text, { x, y, ink: `fill="${this.fillStyle}"` });
  }

  /** A halo: the same text again is drawn over it, so this one is not read out. */
  strokeText(text: string, x: number, y: number): void {
    const ink = `aria-hidden="true" fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round"`;
    if (text !== "") this.#text(text, { x, y, ink });
  }

  measureText(text: string): { readonly width: number } {
    return { width: textWidth(text, this.#font().size) };
  }

  #text(text: string, { x, y, ink }: { readonly x: number; readonly y: number; readonly ink: string }): void {
    const { weight, size } = this.#font();
    const anchor = ANCHORS[this.textAlign];
    const base = y + size * (BASELINES[this.textBaseline] ?? 0);
    this.#add(
      `<text x="${short(x)}" y="${short(base)}" font-size="${short(size)}" font-weight="${weight}"${anchor ? ` text-anchor="${anchor}"` : ""} ${ink}${this.#opacity()}>${escaped(text)}</text>`,
    );
  }

  #font(): { readonly weight: string; readonly size: number } {
    const [, weight = "400", size = "10"] = /^(\d+) ([\d.]+)px/.exec(this.font) ?? [];
    return { weight, size: Number(size) };
  }

  #opacity(): string {
    return this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : "";
  }

  #add(element: string): void {
    this.#elements.push(element);
  }
}

/** Two decimals at most. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as XML; characters XML has no place for are left out. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"]/g, (letter) => ESCAPES[letter] ?? "")
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
}
