"use client";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { type Shortcut, ShortcutRegistry } from "./registry";

const registry = new ShortcutRegistry();
const NONE: readonly Shortcut[] = [];

/**
 * Offers shortcuts while the component is shown: by key, in `?` and in the palette. The newest `run` of each is called, so the list
 * may be made anew on every render; which keys and labels there are is what is registered.
 */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const newest = useRef(shortcuts);
  newest.current = shortcuts;
  const shape = shortcuts.map((each) => `${each.keys}\t${each.label}\t${each.group}`).join("\n");
  useEffect(() => {
    const stable =
      shape === ""
        ? []
        : shape.split("\n").map((line, index): Shortcut => {
            const [keys = "", label = "", group = ""] = line.split("\t");
            return { keys, label, group, run: () => newest.current[index]?.run() };
          });
    return registry.add(stable);
  }, [shape]);
}

/** Every shortcut that works now. */
export function useAllShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(registry.subscribe, registry.all, () => NONE);
}

/** The same, for the key listener. */
export const allShortcuts = registry.all;
