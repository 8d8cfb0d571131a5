"use client";
import { useSyncExternalStore } from "react";

// One timer for every age on the page, so that they all turn over together.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function read(): number {
  // Without a timer (first render after a pause) the value held is old.
  if (timer === undefined) now = Date.now();
  return now;
}

/**
 * Unix milliseconds, renewed every second; with `stepMs` the last whole step, renewed as each begins. 0 while rendering on the
 * server: show no age then.
 */
export function useNow(stepMs = 1): number {
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(read() / stepMs) * stepMs,
    () => 0,
  );
}
