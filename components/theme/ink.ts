/** Tokens as colours a canvas understands: 2D contexts know neither var() nor every colour space. */
import { INK_NAMES, type Ink } from "@/lib/picture/ink";

/**
 * Reads the tokens as they are now, by painting each on one pixel of a row: the browser works out styles once and hands over pixels
 * once. Call again when the theme changes.
 */
export function readInk(): Ink {
  const probes = document.createElement("span");
  for (const name of INK_NAMES) {
    const probe = document.createElement("span");
    probe.style.color = `var(--color-${name})`;
    probes.append(probe);
  }
  document.body.append(probes);
  const canvas = document.createElement("canvas");
  canvas.width = INK_NAMES.length;
  canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context) {
    [...probes.children].forEach((probe, at) => {
      context.fillStyle = getComputedStyle(probe).color;
      context.fillRect(at, 0, 1, 1);
    });
  }
  probes.remove();
  const pixels = context?.getImageData(0, 0, INK_NAMES.length, 1).data;
  const entries = INK_NAMES.map((name, at) => {
    const [red, green, blue] = pixels?.subarray(at * 4, at * 4 + 3) ?? [128, 128, 128];
    return [name, `rgb(${red}, ${green}, ${blue})`];
  });
  return Object.fromEntries(entries) as Ink;
}
