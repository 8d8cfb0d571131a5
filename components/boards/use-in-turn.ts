"use client";
import { type RefObject, useEffect, useRef, useState } from "react";

// Twelve charts that redraw in one frame block the page for a tenth of a second: one is redrawn a frame, in the order they asked.
const queue: (() => void)[] = [];
let running = false;

function next(): void {
  const work = queue.shift();
  running = work !== undefined;
  if (!work) return;
  work();
  requestAnimationFrame(next);
}

/** Runs `work` in a frame of its own. Returns how to take it back. */
function inTurn(work: () => void): () => void {
  queue.push(work);
  if (!running) {
    running = true;
    requestAnimationFrame(next);
  }
  return () => {
    const index = queue.indexOf(work);
    if (index >= 0) queue.splice(index, 1);
  };
}

/**
 * The newest `value`, taken over in turn with the others on the page: the first at any rate, later ones only while the element
 * can be seen. null: nothing yet.
 */
export function useInTurn<T>(value: T | null): {
  readonly shown: T | null;
  readonly ref: RefObject<HTMLElement | null>;
} {
  const [shown, setShown] = useState(value);
  const [visible, setVisible] = useState(false);
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => setVisible(entry?.isIntersecting ?? false), {
      rootMargin: "120px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (shown === value || (!visible && shown !== null)) return;
    return inTurn(() => setShown(() => value));
  }, [visible, shown, value]);
  return { shown, ref };
}
