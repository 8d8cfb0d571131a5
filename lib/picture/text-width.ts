/** How wide Inter sets a text, for pictures drawn where there is no font engine. */

/** Hundredths of the size by letter, at weight 500. */
const WIDTHS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      [27, " ijlI"],
      [30, "!,.:;'|`t·"],
      [37, "()/[]\\fr"],
      [44, "1{}-_^"],
      [51, '"*?s'],
      [56, "Lakxz"],
      [58, "7FJcevy"],
      [60, "5Ehnou"],
      [62, "23689bdgpq"],
      [65, "#$0PRSZ&+4<=>BT~–"],
      [70, "KAVXYD"],
      [75, "CGHUNOQ"],
      [82, "w"],
      [89, "mM…"],
      [99, "@%W"],
    ] as const
  ).flatMap(([width, letters]) => [...letters].map((letter) => [letter, width])),
);
/** A letter that is not in the table: about as wide as most. */
const ANY = 62;

/** The table is right within a few per cent. */
const SLACK = 1.06;

/** Pixels that a text surely fits in: where it is not to be cut, and nothing can measure it. */
export function roomFor(text: string, size: number): number {
  return textWidth(text, size) * SLACK;
}

/** Pixels, within a few per cent. */
export function textWidth(text: string, size: number): number {
  let hundredths = 0;
  for (const letter of text) hundredths += WIDTHS[letter] ?? ANY;
  return (hundredths * size) / 100;
}
