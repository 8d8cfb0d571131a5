/** The colours of series as a picture outside a page needs them: with the tokens of lib/picture/ink.ts all that charts are drawn with. */
import { INKS } from "@/lib/picture/ink";

export type Theme = "light" | "dark";

/** `--color-s1` to `--color-s8` of app/globals.css. */
const SERIES: Readonly<Record<Theme, readonly string[]>> = {
  light: [
    "rgb(27, 106, 182)",
    "rgb(185, 94, 23)",
    "rgb(0, 121, 121)",
    "rgb(103, 59, 162)",
    "rgb(126, 119, 25)",
    "rgb(31, 147, 184)",
    "rgb(119, 66, 47)",
    "rgb(62, 72, 88)",
  ],
  dark: [
    "rgb(109, 176, 244)",
    "rgb(242, 158, 91)",
    "rgb(88, 197, 193)",
    "rgb(186, 145, 240)",
    "rgb(216, 202, 94)",
    "rgb(139, 212, 237)",
    "rgb(195, 136, 113)",
    "rgb(210, 216, 226)",
  ],
};

/** `var(--color-s3)` or `var(--color-fail)` as a colour every viewer knows; what is no token of ours is ink. */
export function plainInk(css: string, theme: Theme): string {
  const token = /^var\(--color-([a-z0-9-]+)\)$/.exec(css)?.[1] ?? "";
  const series = /^s([1-8])$/.exec(token)?.[1];
  if (series) return SERIES[theme][Number(series) - 1] ?? INKS[theme].ink;
  const named: Readonly<Record<string, string>> = INKS[theme];
  return named[token] ?? INKS[theme].ink;
}
