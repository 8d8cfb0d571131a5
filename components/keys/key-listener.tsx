"use client";
import { useEffect } from "react";
import { matchKey } from "./registry";
import { allShortcuts } from "./use-shortcuts";

/** How long `g` waits for its second key. */
const SEQUENCE_MS = 1200;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** The key as shortcuts are written; null when it is not for them. */
function pressedKey(event: KeyboardEvent): string | null {
  const modifierAlone = /^(Shift|Control|Meta|Alt)$/.test(event.key);
  if (event.defaultPrevented || event.altKey || event.isComposing || modifierAlone) return null;
  if (document.querySelector("dialog[open]")) return null;
  if (event.ctrlKey || event.metaKey) return `Ctrl-${event.key.toLowerCase()}`;
  if (isTyping(event.target)) return null;
  return event.key === "Escape" ? "Esc" : event.key;
}

/** The page's one key listener. It leaves alone what is typed into a field, what a part has handled, and open dialogs. */
export function KeyListener() {
  useEffect(() => {
    let pending = "";
    let pendingUntil = 0;
    function onKey(event: KeyboardEvent): void {
      const key = pressedKey(event);
      if (key === null) return;
      const match = matchKey(allShortcuts(), event.timeStamp < pendingUntil ? pending : "", key);
      pending = match.pending;
      pendingUntil = event.timeStamp + SEQUENCE_MS;
      if (!match.shortcut) return;
      event.preventDefault();
      match.shortcut.run();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return null;
}
