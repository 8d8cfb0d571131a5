/** How a change is put into words: short lists, and what a set gained and lost. */

/** Longer lists are cut: a summary is one line. */
const MOST_NAMED = 4;

/** `a, b and 3 more`. */
export function listed(items: readonly string[]): string {
  const shown = items.length > MOST_NAMED + 1 ? items.slice(0, MOST_NAMED) : items;
  const more = items.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

/** `adds a, b` and `removes c`, by what one list has and the other has not. */
export function gainsAndLosses(before: readonly string[], after: readonly string[], noun: string): string[] {
  const added = after.filter((item) => !before.includes(item));
  const removed = before.filter((item) => !after.includes(item));
  const what = noun === "" ? "" : `${noun} `;
  return [
    ...(added.length > 0 ? [`adds ${what}${listed(added)}`] : []),
    ...(removed.length > 0 ? [`removes ${what}${listed(removed)}`] : []),
  ];
}

/** `80 → 8080`; "none" stands for nothing. */
export function moved(before: string, after: string): string {
  return `${before || "none"} → ${after || "none"}`;
}

/** Whether two values of JSON say the same, in whatever order their keys stand. */
export function sameJson(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === "object" && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ""
  );
}
