import type { Status } from "./status-mark";

/** One or two words for a state. */
export const STATUS_WORD: Readonly<Record<Status, string>> = {
  healthy: "healthy",
  degraded: "degraded",
  failing: "failing",
  denied: "denied",
  idle: "no calls",
  encrypted: "encrypted",
  plaintext: "not encrypted",
};
