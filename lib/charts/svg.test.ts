import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { plainInk } from "./ink";
import { chartSvg } from "./svg";

const times = Array.from({ length: 13 }, (_, index) => Date.UTC(2026, 10, 25, 23, index * 5));
const wave = (base: number, gap: number) => times.map((_, index) => (index === gap ? null : base + (index % 4)));
const base = {
  title: "Latency of <bookstore>",
  note: "2026-11-26 00:00:00 UTC",
  unit: "ms",
  times,
  thresholds: [{ value: 40, label: "SLO" }],
  width: 480,
  height: 240,
  theme: "light",
} as const;
const percentiles = ["p50", "p95", "p99"].map((label, index) => ({
  id: label,
  label,
  ink: `var(--color-s${index + 1})`,
  values: wave(10 * (index + 1), 5),
}));

describe("a chart as SVG", () => {
  it("is the one that was reviewed", async () => {
    await expect(chartSvg({ ...base, band: true, lines: percentiles })).toMatchFileSnapshot(
      "../../test/golden/charts/latency.svg",
    );
  });

  it("draws gaps as gaps, keeps within its size and says no unknown as a number", () => {
    const svg = chartSvg({ ...base, band: false, lines: percentiles });
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    const line = /<path d="(M[^"]*)" stroke="rgb\(27, 106, 182\)"\/>/.exec(svg)?.[1] ?? "";
    expect(line.match(/M/g)).toHaveLength(2);
    for (const [, y] of svg.matchAll(/ y="([\d.-]+)"/g)) expect(Number(y)).toBeLessThanOrEqual(240);
  });

  it("is a document without lines or times too", () => {
    expect(chartSvg({ ...base, band: false, lines: [], times: [] })).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });
});

it("the series' colours are those of the style sheet", () => {
  const css = readFileSync("app/globals.css", "utf8");
  for (let n = 1; n <= 8; n += 1) {
    const found = new RegExp(`--color-s${n}: light-dark\\(oklch\\(([\\d. ]+)\\), oklch\\(([\\d. ]+)\\)\\)`).exec(css);
    (["light", "dark"] as const).forEach((theme, index) => {
      const [lightness = 0, chroma = 0, hue = 0] = (found?.[index + 1] ?? "").split(" ").map(Number);
      const written = (plainInk(`var(--color-s${n})`, theme).match(/\d+/g) ?? []).map(Number);
      rgb(lightness, chroma, hue).forEach((channel, at) => {
        expect(Math.abs(channel - (written[at] ?? -9)), `s${n} ${theme}`).toBeLessThan(2.5);
      });
    });
  }
});

/** OKLCH to sRGB by the matrices of CSS Color 4. */
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
