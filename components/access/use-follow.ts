"use client";
import { type RefObject, useLayoutEffect, useRef } from "react";

/** step: no farther than it must be. jump: it may have been far away, so that what is around it is to be seen too. */
export type FollowBy = "step" | "jump";

/** Once called, the cell that takes focus gets it when it is drawn, and is brought into sight. `shown`: the first one is, as soon as all are placed. */
export function useFollow(
  box: RefObject<HTMLElement | null>,
  { shown, placed }: { shown: boolean; placed: boolean },
): (by: FollowBy) => void {
  const wanted = useRef<FollowBy | "show" | null>(shown ? "show" : null);
  useLayoutEffect(() => {
    if (!placed) return;
    const by = wanted.current;
    const cell = box.current?.querySelector<HTMLElement>('[data-cell][tabindex="0"]');
    wanted.current = null;
    if (!by || !cell || !box.current) return;
    if (by === "show" || (by === "jump" && !isWithin(cell, box.current))) intoMiddle(cell, box.current);
    if (by === "show") return;
    // The browser's own scrolling would put it into the middle with every step.
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  return (by) => {
    wanted.current = by;
  };
}

/** In sight, beside the headers. */
function isWithin(cell: HTMLElement, box: HTMLElement): boolean {
  const [outer, inner, padding] = [box.getBoundingClientRect(), cell.getBoundingClientRect(), getComputedStyle(box)];
  return (
    inner.top >= outer.top + Number.parseFloat(padding.scrollPaddingTop) &&
    inner.left >= outer.left + Number.parseFloat(padding.scrollPaddingLeft) &&
    inner.bottom <= outer.top + box.clientHeight &&
    inner.right <= outer.left + box.clientWidth
  );
}

function intoMiddle(cell: HTMLElement, box: HTMLElement): void {
  const [from, to] = [box.getBoundingClientRect(), cell.getBoundingClientRect()];
  box.scrollBy(to.left - from.left - box.clientWidth / 2, to.top - from.top - box.clientHeight / 2);
}
