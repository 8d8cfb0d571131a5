/** Tokens as colours a canvas understands: 2D contexts know neither var() nor every colour space. */
import { INK_NAMES, type Ink } from "@/lib/picture/ink";

/** Reads the tokens as they are now, by painting each on one pixel. Call again when the theme changes. */
export function readInk(): Ink {
  const probe = document.createElement("span");
  document.body.append(probe);
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const entries = INK_NAMES.map((name) => {
    probe.style.color = `var(--color-${name})`;
    if (!context) return [name, "rgb(128, 128, 128)"];
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return [name, `rgb(${red}, ${green}, ${blue})`];
  });
  probe.remove();
  return Object.fromEntries(entries) as Ink;
}
