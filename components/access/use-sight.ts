"use client";
import { type RefObject, useLayoutEffect, useState } from "react";

/** What of the content of a scrolled box is worth drawing, in px of that content. */
export interface Sight {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Drawn on every side of what is seen, and how far one scrolls until it is asked again. */
const SPARE_PX = 160;
/** Before the box is measured: a common screen. */
const FIRST: Sight = { top: 0, bottom: 640, left: 0, right: 1440 };

/** Follows scrolling and the size of the box, in steps. */
export function useSight(box: RefObject<HTMLElement | null>): Sight {
  const [sight, setSight] = useState(FIRST);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setSight((before) => unlessSame(before, sightOf(element)));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [box]);
  return sight;
}

function sightOf({ scrollTop, scrollLeft, clientHeight, clientWidth }: HTMLElement): Sight {
  const before = (px: number) => Math.floor(px / SPARE_PX - 1) * SPARE_PX;
  const after = (px: number) => Math.ceil(px / SPARE_PX + 1) * SPARE_PX;
  return {
    top: before(scrollTop),
    bottom: after(scrollTop + clientHeight),
    left: before(scrollLeft),
    right: after(scrollLeft + clientWidth),
  };
}

function unlessSame(before: Sight, now: Sight): Sight {
  const same =
    before.top === now.top && before.bottom === now.bottom && before.left === now.left && before.right === now.right;
  return same ? before : now;
}
