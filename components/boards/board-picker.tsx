"use client";
import { useUrlState } from "@/components/shell/url-state";
import { Select } from "@/components/ui/select";
import { BUILT_IN } from "@/lib/boards/built-in/all";
import type { OwnBoards } from "./own-boards";

const OPTIONS = BUILT_IN.map(({ id, title, group }) => ({
  value: `built-in ${id}`,
  label: group === "Mesh" ? title : `OSM: ${title}`,
}));
const FIRST = BUILT_IN[0]?.id;

interface BoardPickerProps {
  /** `built-in mesh`, or `own TITLE`. */
  value: string;
  /** Boards of this browser, and the one that came by a link. */
  own: OwnBoards;
}

/** Every board there is: the built-in ones, and one's own. */
export function BoardPicker({ value, own }: BoardPickerProps) {
  const { setUrl } = useUrlState();
  const mine = Object.keys(own).map((title) => ({ value: `own ${title}`, label: `Mine: ${title}` }));
  function choose(next: string): void {
    const name = next.slice(next.indexOf(" ") + 1);
    const change = next.startsWith("own ")
      ? { own: own[name] ?? null, board: null }
      : { own: null, board: name === FIRST ? null : name };
    setUrl(change, "push");
  }
  return (
    <Select
      small
      aria-label="Board"
      className="w-56 max-sm:w-44"
      value={value}
      options={[...mine, ...OPTIONS]}
      onChange={choose}
    />
  );
}
