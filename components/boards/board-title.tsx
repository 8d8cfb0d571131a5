"use client";
import { useState } from "react";
import { TextInput } from "@/components/ui/text-input";

/** The board's title, typed over to rename it: Enter or leaving the field takes it, Esc lets it be. */
export function BoardTitle({ title, onRename }: { title: string; onRename: (title: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  function take(): void {
    const next = typed?.trim().slice(0, 80) ?? "";
    setTyped(null);
    if (next !== "" && next !== title) onRename(next);
  }
  return (
    <TextInput
      aria-label="Title of the board"
      className="h-(--control-sm)! w-48!"
      value={typed ?? title}
      onChange={setTyped}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
        if (event.key !== "Escape" || typed === null) return;
        event.preventDefault();
        setTyped(null);
      }}
    />
  );
}
