import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { INK_NAMES, INKS } from "./ink";

/** OKLCH to sRGB by the matrices of CSS Color 4, each channel cut to 0..255. */
function rgb(lightness: number, chroma: number, hue: number): readonly number[] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((linear) => {
    const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
    return Math.max(0, Math.min(255, value * 255));
  });
}

test("the inks of both themes are the tokens of the style sheet", () => {
  const css = readFileSync("app/globals.css", "utf8");
  for (const name of INK_NAMES) {
    const found = new RegExp(`--color-${name}: light-dark\\(oklch\\(([\\d. ]+)\\), oklch\\(([\\d. ]+)\\)\\)`).exec(css);
    for (const [theme, numbers] of [
      ["light", found?.[1]],
      ["dark", found?.[2]],
    ] as const) {
      const [lightness = Number.NaN, chroma = Number.NaN, hue = Number.NaN] = (numbers ?? "").split(" ").map(Number);
      const written = (INKS[theme][name].match(/\d+/g) ?? []).map(Number);
      rgb(lightness, chroma, hue).forEach((channel, index) => {
        expect(Math.abs(channel - (written[index] ?? Number.NaN)), `${name} ${theme}`).toBeLessThan(2.5);
      });
    }
  }
});
