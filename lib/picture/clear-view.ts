/** The whole picture in view where no node is beneath what floats above it: buttons, the legend, the map. */
import type { Look } from "./look";
import { type Box, boundsOf } from "./regions";
import type { Scene } from "./scene";
import type { View } from "./surface";
import { fitView, type Insets, type Size } from "./viewport";

/** Free between a node or its name and what floats. Pixels of the screen. */
const GAP = 6;
/** Names keep their size where all else becomes small, and then hang out of the picture's box by as much. Pixels of the screen. */
const OVERHANG = 30;
/** Half as wide as most names are, and how far they reach below a node; the same with a second line. Pixels of the screen. */
const NAME = { half: 44, below: 20 } as const;
const NAME_AND_SECOND_LINE = { half: 62, below: 36 } as const;

interface Drawn {
  readonly scene: Scene;
  readonly look: Look;
}

/**
 * `floating`: boxes in pixels of the screen. Each is let be, passed at its inner side or above (below) it, whichever brings the picture
 * nearest without covering a node; null for an empty picture.
 */
export function clearView(drawn: Drawn, size: Size, floating: readonly Box[]): View | null {
  const box = boundsOf(drawn.scene);
  if (box === null) return null;
  const views = insetsFor(size, floating)
    .map((insets) => ({ view: fitView(box, size, insets), taken: sumOf(insets) }))
    .sort((a, b) => b.view.zoom - a.view.zoom || a.taken - b.taken)
    .map(({ view }) => view);
  let [best] = views;
  let least = Number.POSITIVE_INFINITY;
  for (const view of views) {
    const hidden = hiddenBy(drawn, view, floating);
    if (hidden < least) [best, least] = [view, hidden];
    if (hidden === 0) break;
  }
  return best ?? null;
}

function insetsFor({ width, height }: Size, floating: readonly Box[]): readonly Insets[] {
  let all: readonly Insets[] = [{ left: 0, right: 0, top: 0, bottom: 0 }];
  for (const { left, right, top, bottom } of floating) {
    const beside =
      left < width - right
        ? ({ side: "left", least: right } as const)
        : ({ side: "right", least: width - left } as const);
    const past =
      top < height - bottom
        ? ({ side: "top", least: bottom } as const)
        : ({ side: "bottom", least: height - top } as const);
    all = all.flatMap((insets) => [
      insets,
      ...[beside, past].flatMap(({ side, least }) =>
        [GAP, GAP + OVERHANG].map((gap) => ({ ...insets, [side]: Math.max(insets[side], least + gap) })),
      ),
    ]);
  }
  return all;
}

function sumOf({ left, right, top, bottom }: Insets): number {
  return left + right + top + bottom;
}

/** How many nodes, with their names, are beneath something. */
function hiddenBy({ scene, look }: Drawn, { zoom, x, y }: View, floating: readonly Box[]): number {
  let hidden = 0;
  scene.x.forEach((atX, node) => {
    const radius = ((look.nodeSize[node] ?? 0) / 2) * zoom;
    const [centreX, centreY] = [atX * zoom + x, (scene.y[node] ?? 0) * zoom + y];
    const name = look.hasSecondLine[node] === 1 ? NAME_AND_SECOND_LINE : NAME;
    const half = Math.max(radius, name.half) + GAP;
    const above = radius + GAP;
    const below = radius + name.below + GAP;
    const isHidden = floating.some(
      ({ left, right, top, bottom }) =>
        centreX + half > left && centreX - half < right && centreY + below > top && centreY - above < bottom,
    );
    if (isHidden) hidden += 1;
  });
  return hidden;
}
