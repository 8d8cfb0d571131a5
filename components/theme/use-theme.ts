"use client";
import { useSyncExternalStore } from "react";
import { readTheme, THEME_COOKIE, type Theme } from "./theme";

const listeners = new Set<() => void>();
const YEAR_SECONDS = 31_536_000;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    dark.removeEventListener("change", listener);
  };
}

function chosen(): Theme {
  return readTheme(document.documentElement.dataset.theme);
}

function resolved(): "light" | "dark" {
  const theme = chosen();
  if (theme !== "system") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Sets the theme on the page and keeps it for a year. */
export function setTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=strict`;
  for (const listener of listeners) listener();
}

/** What was chosen, and what is shown: they differ when "system" was chosen. */
export function useTheme(): { theme: Theme; shown: "light" | "dark" } {
  const theme = useSyncExternalStore(subscribe, chosen, (): Theme => "system");
  const shown = useSyncExternalStore(subscribe, resolved, (): "light" | "dark" => "light");
  return { theme, shown };
}
