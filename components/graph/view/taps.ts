/** Which taps are the second of two: by then the picture may have made room for the panel of what the first was on. */
import type { Point } from "./gestures";

/** Two taps within this time and this near to each other are one gesture. */
const TWICE_MS = 350;
const TWICE_APART = 10;

interface Tap {
  readonly node: string | null;
  readonly at: Point;
  /** By the page's clock, milliseconds. */
  readonly time: number;
}

const NONE: Tap = { node: null, at: { x: 0, y: 0 }, time: 0 };

export class Taps {
  #last = NONE;

  /** The node that was tapped twice, with this tap on `node` (null: on none); null while it was not. */
  twice(node: string | null, at: Point): string | null {
    const time = performance.now();
    const last = this.#last;
    const isNear = Math.hypot(at.x - last.at.x, at.y - last.at.y) < TWICE_APART;
    const isSecond = last.node !== null && time - last.time < TWICE_MS && isNear;
    this.#last = isSecond ? NONE : { node, at, time };
    return isSecond ? last.node : null;
  }
}
