/**
 * An SVG path through evenly spaced values, from 0 (bottom) to `top`. A null ends the line; the next value starts a new one, and a
 * value alone between two gaps becomes a dot. Rounded to tenths of a pixel.
 */
export function linePath(
  values: readonly (number | null)[],
  box: { readonly width: number; readonly height: number; readonly top: number },
): string {
  const stepX = values.length > 1 ? box.width / (values.length - 1) : 0;
  const round = (number: number) => Math.round(number * 10) / 10;
  let path = "";
  let drawing = false;
  values.forEach((value, index) => {
    if (value === null) {
      drawing = false;
      return;
    }
    const x = round(index * stepX);
    const y = round(box.top > 0 ? 1 + box.height - (value / box.top) * box.height : box.height + 1);
    const alone = !drawing && (values[index + 1] ?? null) === null;
    path += `${drawing ? "L" : "M"}${x} ${y}${alone ? "h0.1" : ""}`;
    drawing = true;
  });
  return path;
}
