"use client";
import { type RefObject, useLayoutEffect, useState } from "react";

/**
 * The width of what a box stands in, in px; null before it is measured. It only grows: what opens at the side of the page
 * is to lay nothing out anew under the pointer.
 */
export function useRoom(box: RefObject<HTMLElement | null>): number | null {
  const [room, setRoom] = useState<number | null>(null);
  useLayoutEffect(() => {
    const around = box.current;
    if (!around) return;
    const look = () => setRoom((before) => Math.max(before ?? 0, around.clientWidth));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(around);
    return () => observer.disconnect();
  }, [box]);
  return room;
}
