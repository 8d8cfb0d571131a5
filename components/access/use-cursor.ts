"use client";
import { type RefObject, useRef, useState } from "react";
import { type FollowBy, useFollow } from "./use-follow";

/** The one cell of the matrix that takes focus. */
export interface Cursor {
  /** What the matrix scrolls in. */
  readonly box: RefObject<HTMLDivElement | null>;
  /** By names, so that it stays where it is when others come and go. null: none was chosen yet. */
  readonly focus: string | null;
  /** The focus is there already. */
  setFocus(key: string): void;
  /** Takes the focus there. */
  moveTo(key: string, by: FollowBy): void;
}

/** Begins at the cell that is open; `placed`: the matrix is laid out, and it can be brought into sight. */
export function useCursor(open: string | null, placed: boolean): Cursor {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ key: open, turn: 0 });
  const follow = useFollow(box, { shown: open !== null, placed });
  return {
    box,
    focus: at.key,
    setFocus: (key) => setAt((before) => (before.key === key ? before : { key, turn: before.turn })),
    moveTo(key, by) {
      follow(by);
      // To where it stands too: it may have been left, or scrolled out of sight.
      setAt((before) => ({ key, turn: before.turn + 1 }));
    },
  };
}
