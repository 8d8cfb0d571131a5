/** The settings what stands before everything else needs, read once: it must not start the rest. */
import { readSettings, type WebSettings } from "./settings";

type GuardSettings = Pick<WebSettings, "allowedHosts" | "login" | "proxies">;

let known: GuardSettings | null = null;

export function guardSettings(): GuardSettings {
  known ??= readSettings(process.env);
  return known;
}
