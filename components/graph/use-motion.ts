"use client";
import { useSyncExternalStore } from "react";
import { useUrlState } from "@/components/shell/url-state";

/** Of more calls than this nothing moves unless one asks for it. */
const MOST_MOVING = 200;
const CALM = "(prefers-reduced-motion: reduce)";

interface Motion {
  /** Calls move: as the URL says (`?motion=on|off`), else in a small picture where the reader's system has nothing against it. */
  readonly hasDots: boolean;
  readonly setDots: (on: boolean) => void;
  /** What is new slides to its place: in a picture of any size, unless the URL or the reader's system is against it. */
  readonly slides: boolean;
}

export function useMotion(calls: number): Motion {
  const { get, setUrl } = useUrlState();
  const isCalm = useSyncExternalStore(
    watchCalm,
    () => window.matchMedia(CALM).matches,
    () => true,
  );
  const asked = get("motion");
  const usual = !isCalm && calls <= MOST_MOVING;
  return {
    hasDots: asked === "on" || (asked !== "off" && usual),
    setDots: (on) => setUrl({ motion: on === usual ? null : on ? "on" : "off" }),
    slides: !isCalm && asked !== "off",
  };
}

function watchCalm(onChange: () => void): () => void {
  const query = window.matchMedia(CALM);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}
