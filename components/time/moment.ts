"use client";
/**
 * The moment under the reader's hand. While a track is dragged or played it runs ahead of the URL, which follows a few times
 * a second: browsers refuse pages that write their address at every frame.
 */
import { useEffect, useSyncExternalStore } from "react";

const WRITE_MS = 250;

let moment: number | null = null;
/** The last moment that was written to the URL; what differs from it there came from elsewhere. */
let written: number | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;
const listeners = new Set<() => void>();

function change(next: number | null): void {
  if (next === moment) return;
  moment = next;
  for (const listener of listeners) listener();
}

/** Unix milliseconds. `write` is called with it soon, and not for every moment in between. */
export function setMoment(next: number, write: (at: number) => void): void {
  change(Math.round(next));
  timer ??= setTimeout(() => {
    timer = null;
    if (moment === null) return;
    written = moment;
    write(moment);
  }, WRITE_MS);
}

export function forgetMoment(): void {
  if (timer) clearTimeout(timer);
  timer = null;
  written = null;
  change(null);
}

/** The moment under the hand. null: there is none, the URL's counts. */
export function currentMoment(): number | null {
  return moment;
}

export function onMoment(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The moment under the hand, else `inUrl`, which wins when it was changed by something else: Back, a link. */
export function useMoment(inUrl: number | null): number | null {
  const own = useSyncExternalStore(onMoment, currentMoment, () => null);
  useEffect(() => {
    if (written !== null && inUrl !== written && timer === null) forgetMoment();
  }, [inUrl]);
  return own ?? inUrl;
}
