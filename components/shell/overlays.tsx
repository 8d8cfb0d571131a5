"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

export type Overlay = "palette" | "help";

const loadPalette = () => import("@/components/palette/palette").then((module) => module.Palette);
const loadHelp = () => import("@/components/keys/help-sheet").then((module) => module.HelpSheet);

/** Holds the page's keys back for the moment an overlay takes to come. */
function Coming() {
  return <dialog open className="sr-only" aria-label="Loading" />;
}

const Palette = dynamic(loadPalette, { ssr: false, loading: Coming });
const HelpSheet = dynamic(loadHelp, { ssr: false, loading: Coming });

/** Palette and help. They are no part of a page's first load: they come as soon as somebody is there who may open one. */
export function Overlays({ open, onClose }: { open: Overlay | null; onClose: () => void }) {
  // Once made they stay: a dialog gives the focus back when it closes, not when it is taken away.
  const [made, setMade] = useState<readonly Overlay[]>([]);
  if (open !== null && !made.includes(open)) setMade([...made, open]);
  useEffect(() => {
    const load = () => {
      void loadPalette();
      void loadHelp();
    };
    const events = ["pointermove", "touchstart", "keydown"] as const;
    for (const event of events) addEventListener(event, load, { once: true, passive: true });
    return () => {
      for (const event of events) removeEventListener(event, load);
    };
  }, []);
  return (
    <>
      {made.includes("palette") && <Palette open={open === "palette"} onClose={onClose} />}
      {made.includes("help") && <HelpSheet open={open === "help"} onClose={onClose} />}
    </>
  );
}
