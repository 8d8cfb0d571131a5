/** The theme is a cookie, so that the server writes it on <html> and the first paint is right without a script. */
export const THEME_COOKIE = "meshdeck-theme";

export type Theme = "system" | "light" | "dark";

/** Reads the cookie's value; anything unknown is "system". */
export function readTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}
