"use client";
import { useSyncExternalStore } from "react";

export interface Preference<T> {
  /** What is chosen now; the fallback where nothing can be stored. */
  readonly read: () => T;
  readonly set: (value: T) => void;
  /** Re-renders when it changes, in this tab or another. The fallback while rendering on the server. */
  readonly use: () => T;
}

export interface PreferenceOptions<T> {
  readonly name: string;
  readonly fallback: T;
  /** Reads what was stored; null for what is no value (any more). */
  readonly parse: (stored: unknown) => T | null;
}

/** A choice of this browser's reader, kept in localStorage. */
export function preference<T>({ name, fallback, parse }: PreferenceOptions<T>): Preference<T> {
  const key = `meshdeck.${name}`;
  const listeners = new Set<() => void>();
  let known: { readonly text: string | null; readonly value: T } | null = null;
  const read = (): T => {
    const text = stored(key);
    if (known?.text !== text) known = { text, value: (text === null ? null : parse(parsed(text))) ?? fallback };
    return known.value;
  };
  const subscribe = (listener: () => void) => {
    const elsewhere = (event: StorageEvent) => event.key === key && listener();
    listeners.add(listener);
    window.addEventListener("storage", elsewhere);
    return () => {
      listeners.delete(listener);
      window.removeEventListener("storage", elsewhere);
    };
  };
  return {
    read,
    set(value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // Private windows may refuse: the choice then lasts until the page is left.
        known = { text: stored(key), value };
      }
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, read, () => fallback),
  };
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
