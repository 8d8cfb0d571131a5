"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import type { Theme } from "@/components/theme/theme";
import { setTheme, useTheme } from "@/components/theme/use-theme";
import { IconButton } from "@/components/ui/icon-button";

const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const ICON = { system: Monitor, light: Sun, dark: Moon } as const;

/** System, light, dark, and round again. */
export function ThemeMenu() {
  const { theme } = useTheme();
  const Icon = ICON[theme];
  return (
    <IconButton label={`Theme: ${theme}. Change to ${NEXT[theme]}`} size="sm" onClick={() => setTheme(NEXT[theme])}>
      <Icon size={16} aria-hidden="true" />
    </IconButton>
  );
}
