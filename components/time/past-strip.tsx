"use client";
import { History } from "lucide-react";
import { usePathname } from "next/navigation";
import { ageText } from "@/components/ui/age-text";
import { Button } from "@/components/ui/button";
import { useNow } from "@/components/ui/use-now";
import { useClock } from "./clock";
import { useTimeline } from "./timeline";

/** Pages whose figures are those of the instant that is asked for. */
const SHOW_THE_PAST = ["/graph", "/services", "/splits", "/access", "/security", "/boards", "/overview"];

/** Says on every page that it shows the past, or that it does not although the past was asked for; and how to come back. */
export function PastStrip() {
  const path = usePathname();
  const { at, goLive } = useTimeline();
  const now = useNow();
  const clock = useClock();
  if (at === null) return null;
  const past = SHOW_THE_PAST.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
  return (
    <div className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-2 border-line border-b bg-accent/8 px-3 py-1 text-sm">
      <History size={14} aria-hidden="true" className="shrink-0 text-accent" />
      <p className="min-w-0 flex-1">
        {/* Which time it is there, only the reader's browser knows; the strip has its place before. */}
        {now === 0 ? null : past ? (
          <>
            <span role="status" className="font-medium">
              As of {clock.time(at, now)}
            </span>
            , {ageText(Math.min(at, now), now)}.{" "}
            <span className="text-ink-2 max-sm:hidden">Figures are of then; policy, pods and problems of now.</span>
          </>
        ) : (
          <span role="status">This page shows now, not {clock.time(at, now)}.</span>
        )}
      </p>
      <Button size="sm" variant="quiet" onClick={goLive}>
        Go live
      </Button>
    </div>
  );
}
