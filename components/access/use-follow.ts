"use client";
import { type RefObject, useLayoutEffect, useRef } from "react";

/** Once called, the cell that takes focus gets it when it is drawn, and is brought into sight. `shown`: the first one is brought there at once. */
export function useFollow(box: RefObject<HTMLElement | null>, shown: boolean): () => void {
  const wanted = useRef<"focus" | "middle" | null>(shown ? "middle" : null);
  useLayoutEffect(() => {
    const cell = box.current?.querySelector<HTMLElement>('[data-cell][tabindex="0"]');
    if (cell && wanted.current === "middle") intoMiddle(cell, box.current);
    if (cell && wanted.current === "focus") {
      // The browser's own scrolling would put it into the middle with every step.
      cell.focus({ preventScroll: true });
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    wanted.current = null;
  });
  return () => {
    wanted.current = "focus";
  };
}

function intoMiddle(cell: HTMLElement, box: HTMLElement | null): void {
  if (!box) return;
  const [from, to] = [box.getBoundingClientRect(), cell.getBoundingClientRect()];
  box.scrollBy(to.left - from.left - box.clientWidth / 2, to.top - from.top - box.clientHeight / 2);
}
