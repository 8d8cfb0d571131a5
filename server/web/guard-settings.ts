/** The settings what stands before everything else needs, read once: it must not start the rest. */
import { readSettings, type WebSettings } from "./settings";

let known: Pick<WebSettings, "allowedHosts" | "login"> | null = null;

export function guardSettings(): Pick<WebSettings, "allowedHosts" | "login"> {
  known ??= readSettings(process.env);
  return known;
}
