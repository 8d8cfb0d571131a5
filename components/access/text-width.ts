/** About how wide a name is drawn, in px: measured without a page, so that columns can be laid out before they are drawn. */

/** Of Inter at 13 px, medium, with a little to spare: figures are all as wide as each other. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.:|!]/, 4.5],
  [/[frt/]/, 6],
  [/[mwMW@]/, 12],
  [/[A-Z]/, 9.5],
];
const OTHER = 8.5;

export function textWidth(text: string): number {
  let width = 0;
  for (const letter of text) width += WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? OTHER;
  return Math.ceil(width);
}
