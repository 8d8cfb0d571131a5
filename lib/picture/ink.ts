/** The tokens a picture is drawn with, as colours that a canvas and an SVG viewer understand: neither knows var(), many no OKLCH. */
export const INK_NAMES = [
  "bg",
  "surface",
  "raised",
  "line",
  "line-strong",
  "ink",
  "ink-2",
  "ink-3",
  "accent",
  "ok",
  "warn",
  "fail",
  "denied",
  "idle",
  "secure",
] as const;

export type InkName = (typeof INK_NAMES)[number];
/** `rgb(r, g, b)` by token name. */
export type Ink = Readonly<Record<InkName, string>>;

/** The tokens of app/globals.css, for pictures that are drawn where there is no page. */
export const INKS: Readonly<Record<"light" | "dark", Ink>> = {
  light: {
    bg: "rgb(245, 247, 249)",
    surface: "rgb(255, 255, 255)",
    raised: "rgb(238, 240, 243)",
    line: "rgb(221, 224, 228)",
    "line-strong": "rgb(133, 137, 145)",
    ink: "rgb(24, 29, 38)",
    "ink-2": "rgb(69, 75, 84)",
    "ink-3": "rgb(94, 100, 109)",
    accent: "rgb(68, 73, 198)",
    ok: "rgb(21, 115, 60)",
    warn: "rgb(143, 88, 5)",
    fail: "rgb(186, 31, 32)",
    denied: "rgb(169, 14, 136)",
    idle: "rgb(104, 108, 114)",
    secure: "rgb(69, 106, 89)",
  },
  dark: {
    bg: "rgb(12, 14, 19)",
    surface: "rgb(19, 22, 28)",
    raised: "rgb(30, 34, 41)",
    line: "rgb(41, 45, 52)",
    "line-strong": "rgb(100, 105, 116)",
    ink: "rgb(233, 235, 239)",
    "ink-2": "rgb(182, 187, 194)",
    "ink-3": "rgb(147, 153, 161)",
    accent: "rgb(150, 162, 252)",
    ok: "rgb(98, 206, 138)",
    warn: "rgb(239, 182, 86)",
    fail: "rgb(249, 119, 112)",
    denied: "rgb(239, 130, 206)",
    idle: "rgb(136, 140, 148)",
    secure: "rgb(129, 177, 155)",
  },
};
