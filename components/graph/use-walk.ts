"use client";
import { type KeyboardEvent, useState } from "react";
import { announce } from "@/components/ui/announce";
import type { Picture, PictureEdge } from "./picture";
import { speakEdge, speakNode } from "./speak";
import { type Direction, walk } from "./walk";

const KEYS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

const NOTHING: Readonly<Record<Direction, string>> = {
  left: "Nothing calls it",
  right: "It calls nothing",
  up: "No more above",
  down: "No more below",
};

interface WalkOptions {
  readonly selected: string | null;
  /** Enter: opens the node, with Alt the edge one came along. */
  readonly onOpen: (id: string) => void;
}

/** Where the keyboard is in the picture. It enters at the selection, or at the node that calls most. */
export function useWalk(picture: Picture, { selected, onOpen }: WalkOptions) {
  const [active, setActive] = useState(false);
  const [path, setPath] = useState<{ at: string | null; cameFrom: string | null; edge: PictureEdge | null }>({
    at: null,
    cameFrom: null,
    edge: null,
  });
  const exists = (id: string | null) => id !== null && picture.nodes.some((node) => node.id === id);
  const at = exists(path.at) ? path.at : null;

  function enter(): string | null {
    if (exists(selected)) return selected;
    if (at !== null) return at;
    const busiest = [...picture.nodes].sort(
      (a, b) =>
        b.node.outPerSecond + (b.workload?.outPerSecond ?? 0) - a.node.outPerSecond - (a.workload?.outPerSecond ?? 0),
    )[0];
    return busiest?.id ?? null;
  }
  function speak(id: string, edge: PictureEdge | null): void {
    const named = (each: string) => picture.nodes.find((node) => node.id === each)?.name ?? each;
    const node = picture.nodes.find((each) => each.id === id);
    if (!node) return;
    announce(
      edge === null ? speakNode(picture, node) : `${speakEdge(named(edge.from), named(edge.to), edge)}. ${node.name}`,
    );
  }
  function onFocus(): void {
    setActive(true);
    const start = enter();
    if (start === null) return;
    setPath({ at: start, cameFrom: null, edge: null });
    speak(start, null);
  }
  function onKeyDown(event: KeyboardEvent, onFit: () => void): void {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "0") {
      onFit();
      return;
    }
    if (at === null) return;
    if (event.key === "Enter") {
      event.preventDefault();
      onOpen(event.altKey && path.edge?.edge ? path.edge.id : at);
      return;
    }
    const direction = KEYS[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const step = walk(picture, at, direction, path.cameFrom);
    if (step === null) {
      announce(NOTHING[direction]);
      return;
    }
    const along = direction === "left" || direction === "right";
    setPath({ at: step.node, cameFrom: along ? at : path.cameFrom, edge: step.edge });
    speak(step.node, step.edge);
  }
  return { at, active, onFocus, onBlur: () => setActive(false), onKeyDown };
}
