"use client";
import { useEffect, useState } from "react";
import { onAnnounce } from "./announce";

/** The page's one polite live region. Speak with `announce`. */
export function LiveRegion() {
  const [spoken, setSpoken] = useState({ message: "", turn: 0 });
  useEffect(() => onAnnounce((message) => setSpoken((last) => ({ message, turn: last.turn + 1 }))), []);
  return (
    <div aria-live="polite" aria-atomic="true" className="sr-only" data-testid="spoken">
      {/* A new key makes the same words count as a change. */}
      <span key={spoken.turn}>{spoken.message}</span>
    </div>
  );
}
