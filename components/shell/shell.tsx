"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { KeyListener } from "@/components/keys/key-listener";
import { useShortcuts } from "@/components/keys/use-shortcuts";
import { setTheme } from "@/components/theme/use-theme";
import { PastStrip } from "@/components/time/past-strip";
import { TimePanels } from "@/components/time/time-panels";
import { timeShortcuts } from "@/components/time/time-shortcuts";
import { useTimeline } from "@/components/time/timeline";
import { useTrackRange } from "@/components/time/track-range";
import { LiveRegion } from "@/components/ui/live-region";
import { Toasts } from "@/components/ui/toasts";
import { Tooltips } from "@/components/ui/tooltips";
import { HealthStrip } from "./health-strip";
import { type Overlay, Overlays } from "./overlays";
import { PAGES } from "./pages";
import { Rail } from "./rail";
import { useSharedQuery } from "./scope";
import { SessionStrip } from "./session-strip";
import { TopBar } from "./top-bar";
import { useArrival } from "./url-state";

/** The frame of every page: rail, top bar, what is down, the page; and once each: palette, help, keys, toasts, live region. */
export function Shell({ railCollapsed, children }: { railCollapsed: boolean; children: ReactNode }) {
  const [open, setOpen] = useState<Overlay | null>(null);
  const router = useRouter();
  const query = useSharedQuery();
  const close = () => setOpen(null);
  useArrival();
  useShortcuts([
    ...PAGES.map((page) => ({
      keys: page.keys,
      label: `Go to ${page.name}`,
      group: "Go",
      run: () => router.push(`${page.path}${query}`),
    })),
    ...timeShortcuts(useTimeline(), useTrackRange()),
    { keys: "Ctrl-k", label: "Search and run", group: "Help", run: () => setOpen("palette") },
    { keys: "?", label: "Show all keys", group: "Help", run: () => setOpen("help") },
    { keys: "", label: "Theme: light", group: "Theme", run: () => setTheme("light") },
    { keys: "", label: "Theme: dark", group: "Theme", run: () => setTheme("dark") },
    { keys: "", label: "Theme: as the system", group: "Theme", run: () => setTheme("system") },
  ]);
  return (
    <>
      <a
        href="#page"
        className="sr-only z-50 focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2 focus:shadow-float"
      >
        Skip to the page
      </a>
      <div className="flex h-dvh">
        <Rail initiallyCollapsed={railCollapsed} />
        <div className="flex min-w-0 flex-1 flex-col pb-(--bottombar)">
          <TopBar onPalette={() => setOpen("palette")} />
          <SessionStrip />
          <HealthStrip />
          <PastStrip />
          <main id="page" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
            {children}
          </main>
          <TimePanels />
        </div>
      </div>
      <Overlays open={open} onClose={close} />
      <KeyListener />
      <LiveRegion />
      <Toasts />
      <Tooltips />
    </>
  );
}
