"use client";
import { useHealth } from "@/components/data/use-health";
import { Banner } from "@/components/ui/banner";
import { RelativeTime } from "@/components/ui/relative-time";
import { useNow } from "@/components/ui/use-now";
import type { HealthPart } from "@/lib/contract/health";

const WORD: Readonly<Partial<Record<HealthPart["state"], string>>> = { degraded: "is degraded", down: "is down" };
const MAX_SHOWN = 3;

/** What is down while it is down, by name. Nothing on a good day. */
export function HealthStrip() {
  const { data } = useHealth();
  // Before the page knows what time it is, there is no age to say.
  const hasClock = useNow() !== 0;
  const parts = (data?.parts ?? []).filter(({ state }) => WORD[state] !== undefined);
  return (
    <>
      {parts.slice(0, MAX_SHOWN).map((part) => (
        <Banner key={part.name} status={part.state === "down" ? "failing" : "degraded"}>
          <span className="font-medium">
            {part.name} {WORD[part.state]}
          </span>
          {part.since !== null && hasClock && (
            <>
              {" "}
              since <RelativeTime at={part.since} />
            </>
          )}
          . {part.message}
        </Banner>
      ))}
      {parts.length > MAX_SHOWN && (
        <Banner status="degraded">{parts.length - MAX_SHOWN} more parts are not well.</Banner>
      )}
    </>
  );
}
