import type { Changes } from "./changes";

/** What is missing in a list of changes without the controller, or before it watched; null: nothing is. */
export function changeGap(partial: Changes["partial"]): string | null {
  const gap = partial.find(({ part }) => part === "controller");
  return gap ? `${gap.message} ${gap.hint}`.trim() : null;
}
