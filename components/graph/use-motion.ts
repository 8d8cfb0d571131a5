"use client";
import { useSyncExternalStore } from "react";
import { useUrlState } from "@/components/shell/url-state";
import type { Picture } from "./picture";

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

/** How many calls a picture is of, those that are folded into its edges and its groups among them. */
export function callsUnder({ nodes, edges }: Pick<Picture, "nodes" | "edges">): number {
  let calls = 0;
  for (const { folded } of nodes) calls += folded?.inside.total ?? 0;
  for (const { edge } of edges) calls += edge?.parts?.total ?? 1;
  return calls;
}

function watchCalm(onChange: () => void): () => void {
  const query = window.matchMedia(CALM);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}
