/** Where a tooltip stands. All in CSS pixels of the viewport. */
interface Size {
  readonly width: number;
  readonly height: number;
}

const GAP = 6;
const EDGE = 8;

/** Beneath the middle of what it names, above where there is no room, and within the viewport. */
export function placeOfTip(
  named: Pick<DOMRect, "left" | "top" | "width" | "height">,
  tip: Size,
  viewport: Size,
): { readonly left: number; readonly top: number } {
  const left = named.left + named.width / 2 - tip.width / 2;
  const below = named.top + named.height + GAP;
  const above = named.top - GAP - tip.height;
  const fits = below + tip.height <= viewport.height - EDGE || above < EDGE;
  return {
    left: Math.round(Math.max(EDGE, Math.min(left, viewport.width - EDGE - tip.width))),
    top: Math.round(fits ? below : above),
  };
}
