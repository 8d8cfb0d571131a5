"use client";
import { intlZone, useTimeZone } from "@/components/settings/time-zone";
import { ageText } from "./age-text";
import { useNow } from "./use-now";

/** "12 s ago", "in 3 h"; the absolute time on hover. `at` in unix milliseconds or as RFC 3339. */
export function RelativeTime({ at }: { at: number | string }) {
  const now = useNow();
  const timeZone = intlZone(useTimeZone());
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>–</span>;
  const iso = date.toISOString();
  return (
    <time dateTime={iso} title={`${date.toLocaleString("sv-SE", { timeZone })} (${iso})`} suppressHydrationWarning>
      {now === 0 ? "" : ageText(date.getTime(), now)}
    </time>
  );
}
