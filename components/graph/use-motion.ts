"use client";
import { useSyncExternalStore } from "react";
import { useUrlState } from "@/components/shell/url-state";

/** Of more calls than this nothing moves unless one asks for it. */
const MOST_MOVING = 200;
const CALM = "(prefers-reduced-motion: reduce)";

/** Whether calls move: as the URL says (`?motion=on|off`), else for a small picture where the reader's system has nothing against it. */
export function useMotion(calls: number): readonly [boolean, (on: boolean) => void] {
  const { get, setUrl } = useUrlState();
  const isCalm = useSyncExternalStore(
    watchCalm,
    () => window.matchMedia(CALM).matches,
    () => true,
  );
  const asked = get("motion");
  const usual = !isCalm && calls <= MOST_MOVING;
  const isMoving = asked === "on" || (asked !== "off" && usual);
  const set = (on: boolean) => setUrl({ motion: on === usual ? null : on ? "on" : "off" });
  return [isMoving, set];
}

function watchCalm(onChange: () => void): () => void {
  const query = window.matchMedia(CALM);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}
