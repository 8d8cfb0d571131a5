"use client";
import { useSyncExternalStore } from "react";
import { decodeBoard, encodeBoard } from "@/lib/boards/codec";
import type { Board } from "@/lib/boards/panel";

const STORE_KEY = "meshdeck.boards";

/** Boards kept in this browser, by title, as they stand in URLs. */
export type OwnBoards = Readonly<Record<string, string>>;

const NONE: OwnBoards = {};
const listeners = new Set<() => void>();
let read: { readonly text: string | null; readonly boards: OwnBoards } = { text: null, boards: NONE };

/** What was stored by another version, or by hand, and is no board, is left out. */
function ownBoards(): OwnBoards {
  const text = localStorage.getItem(STORE_KEY);
  if (text !== read.text) read = { text, boards: parse(text) };
  return read.boards;
}

function parse(text: string | null): OwnBoards {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    if (typeof value !== "object" || value === null) return NONE;
    const entries = Object.entries(value).filter(([, board]) => typeof board === "string" && decodeBoard(board));
    return Object.fromEntries(entries) as OwnBoards;
  } catch {
    return NONE;
  }
}

function write(boards: OwnBoards): void {
  localStorage.setItem(STORE_KEY, JSON.stringify(boards));
  for (const listener of listeners) listener();
}

/** Whether this very board is kept here. */
export function isKept(board: Board): boolean {
  return ownBoards()[board.title] === encodeBoard(board);
}

/** Keeps a board under its title; under another before, that one goes. */
export function keepBoard(board: Board, before: string | null = null): void {
  const rest = Object.entries(ownBoards()).filter(([title]) => title !== before);
  write({ ...Object.fromEntries(rest), [board.title]: encodeBoard(board) });
}

export function forgetBoard(title: string): void {
  write(Object.fromEntries(Object.entries(ownBoards()).filter(([other]) => other !== title)));
}

/** The boards of this browser, as they change here or in another tab. */
export function useOwnBoards(): OwnBoards {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      addEventListener("storage", listener);
      return () => {
        listeners.delete(listener);
        removeEventListener("storage", listener);
      };
    },
    ownBoards,
    () => NONE,
  );
}

/** A title no kept board has: "My board", "My board 2". */
export function freeTitle(boards: OwnBoards, wanted = "My board"): string {
  let title = wanted;
  for (let count = 2; Object.hasOwn(boards, title); count += 1) title = `${wanted.slice(0, 70)} ${count}`;
  return title;
}
