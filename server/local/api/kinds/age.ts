/** How long ago, in the short form `kubectl get` uses. */
import type { Column } from "../resource-type";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** `42s`, `3m20s`, `5h`, `12d`, `2y40d` */
export function ageText(since: string, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 1000));
  const pair = (big: number, bigUnit: string, small: number, smallUnit: string) =>
    small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`;
  if (Number.isNaN(seconds)) return "<unknown>";
  if (seconds < 2 * MINUTE) return `${seconds}s`;
  if (seconds < 10 * MINUTE) return pair(Math.floor(seconds / MINUTE), "m", seconds % MINUTE, "s");
  if (seconds < 3 * HOUR) return `${Math.floor(seconds / MINUTE)}m`;
  if (seconds < 8 * HOUR) return pair(Math.floor(seconds / HOUR), "h", Math.floor((seconds % HOUR) / MINUTE), "m");
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)}h`;
  if (seconds < 8 * DAY) return pair(Math.floor(seconds / DAY), "d", Math.floor((seconds % DAY) / HOUR), "h");
  const days = Math.floor(seconds / DAY);
  return days < 730 ? `${days}d` : pair(Math.floor(days / 365), "y", days % 365, "d");
}

export const ageColumn: Column = {
  name: "Age",
  type: "string",
  format: "",
  description: "Time since the object was created.",
  priority: 0,
  cell: (object, now) =>
    object.metadata.creationTimestamp === undefined ? "<unknown>" : ageText(object.metadata.creationTimestamp, now),
};
