/** The settings the guard needs, read once: it stands before everything else and must not start the rest. */
import { readSettings, type WebSettings } from "./settings";

let known: Pick<WebSettings, "allowedHosts"> | null = null;

export function guardSettings(): Pick<WebSettings, "allowedHosts"> {
  known ??= readSettings(process.env);
  return known;
}
