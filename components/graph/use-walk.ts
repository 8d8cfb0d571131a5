"use client";
import { type KeyboardEvent, useRef, useState } from "react";
import { allShortcuts } from "@/components/keys/use-shortcuts";
import { announce } from "@/components/ui/announce";
import type { Picture, PictureEdge } from "./picture";
import { indexOf } from "./picture-index";
import { speakEdge, speakNode } from "./speak";
import { busiestNode, type Direction, jump, stillThere, walk } from "./walk";

const KEYS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
};

const NOTHING: Readonly<Record<Direction, string>> = {
  left: "Nothing calls it",
  right: "It calls nothing",
  up: "No more above",
  down: "No more below",
  first: "It is the first",
  last: "It is the last",
};

/** Letters that follow each other within this time are one name. */
const TYPING_MS = 1000;

/** At 0 a page that has just been opened would count as typed in. */
const NOT_TYPING = { text: "", at: Number.NEGATIVE_INFINITY };

export interface WalkActions {
  readonly selected: string | null;
  /** Enter on a node, Alt-Enter on the edge one came along: shows its details. */
  readonly onOpen: (id: string) => void;
  /** Enter or + on what has something folded in it. */
  readonly onExpand: (id: string) => void;
  /** - on anything in an open group. */
  readonly onCollapse: (id: string) => void;
  /** Shift-Enter. */
  readonly onFocusNode: (id: string) => void;
}

interface Path {
  readonly at: string | null;
  readonly cameFrom: string | null;
  readonly edge: PictureEdge | null;
}

/** Where the keyboard is in the picture. It enters at the selection, or at the node that calls most. */
export function useWalk(picture: Picture, actions: WalkActions) {
  const [active, setActive] = useState(false);
  const [path, setPath] = useState<Path>({ at: null, cameFrom: null, edge: null });
  const typed = useRef(NOT_TYPING);
  // Only when a key is pressed: most refreshes are looked at by nobody who walks.
  const nodeOf = (id: string) => indexOf(picture).nodes.get(id);
  const at = path.at === null ? null : stillThere(picture, path.at);

  function go(id: string, { cameFrom, edge }: Pick<Path, "cameFrom" | "edge">): void {
    setPath({ at: id, cameFrom, edge });
    const node = nodeOf(id);
    if (!node) return;
    const named = (each: string) => nodeOf(each)?.name ?? each;
    announce(
      edge === null ? speakNode(picture, node) : `${speakEdge(named(edge.from), named(edge.to), edge)}. ${node.name}`,
    );
  }

  function onFocus(): void {
    setActive(true);
    const selected = actions.selected;
    const start = selected !== null && nodeOf(selected) ? selected : (at ?? busiestNode(picture));
    if (start !== null) go(start, { cameFrom: null, edge: null });
  }

  function onEnter(event: KeyboardEvent, from: string): void {
    const isFolded = nodeOf(from)?.folded !== null;
    if (event.shiftKey) actions.onFocusNode(from);
    else if (event.altKey) actions.onOpen(path.edge?.edge ? path.edge.id : from);
    else if (isFolded) actions.onExpand(from);
    else actions.onOpen(from);
  }

  function onStep(direction: Direction, from: string): void {
    const step = walk(picture, from, direction, path.cameFrom);
    if (step === null) {
      announce(NOTHING[direction]);
      return;
    }
    const along = direction === "left" || direction === "right";
    go(step.node, { cameFrom: along ? from : path.cameFrom, edge: step.edge });
  }

  /** A letter is part of a name, unless it is a shortcut of the page and begins one: then Space comes before it. */
  function onLetter(event: KeyboardEvent): boolean {
    const isOpen = event.timeStamp - typed.current.at < TYPING_MS;
    if (event.key === " ") {
      typed.current = { text: "", at: event.timeStamp };
      return true;
    }
    if (!/^[\p{L}\p{N}._-]$/u.test(event.key) || (!isOpen && isShortcut(event.key))) return false;
    const text = (isOpen ? typed.current.text : "") + event.key;
    typed.current = { text, at: event.timeStamp };
    const found = jump(picture, at, text);
    if (found === null) announce(`Nothing is named ${text}`);
    else go(found, { cameFrom: null, edge: null });
    return true;
  }

  function isHandled(event: KeyboardEvent, from: string): boolean {
    const direction = KEYS[event.key];
    // What was typed has done its work: "-" folds again.
    if (direction !== undefined || event.key === "Enter") typed.current = NOT_TYPING;
    if (event.key === "Enter") onEnter(event, from);
    else if (direction !== undefined) onStep(direction, from);
    else if (event.key === "+" || event.key === "=") actions.onExpand(from);
    else if (event.key === "-" && event.timeStamp - typed.current.at >= TYPING_MS) actions.onCollapse(from);
    else return onLetter(event);
    return true;
  }

  function onKeyDown(event: KeyboardEvent, onFit: () => void): void {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "0" && event.timeStamp - typed.current.at >= TYPING_MS) onFit();
    else if (at !== null && isHandled(event, at)) event.preventDefault();
  }

  return { at, active, onFocus, onBlur: () => setActive(false), onKeyDown };
}

function isShortcut(key: string): boolean {
  return allShortcuts().some(({ keys }) => keys === key || keys.startsWith(`${key} `));
}
