"use client";
import { ageText } from "@/components/ui/age-text";
import { useNow } from "@/components/ui/use-now";
import type { SecurityCertificate } from "@/lib/contract/security";
import { certificateState, stripBins, stripPosition } from "./certificate-state";

const BINS = 60;
const HOUR_MS = 3_600_000;
const TICKS = [
  { label: "1 h", ms: HOUR_MS },
  { label: "1 d", ms: 24 * HOUR_MS },
  { label: "1 week", ms: 7 * 24 * HOUR_MS },
  { label: "1 month", ms: 30 * 24 * HOUR_MS },
  { label: "1 year", ms: 365 * 24 * HOUR_MS },
  { label: "10 years", ms: 10 * 365 * 24 * HOUR_MS },
] as const;

/** When certificates end, from now to years ahead on a logarithmic scale. The table beneath says the same in words. */
export function ExpiryStrip({ certificates }: { certificates: readonly SecurityCertificate[] }) {
  const now = useNow();
  if (now === 0 || certificates.length === 0) return <div className="h-20" />;
  const bins = stripBins(certificates, { now, bins: BINS });
  const most = Math.max(...bins.map((bin) => bin.certificates.length));
  return (
    <figure className="shrink-0 rounded-lg border border-line bg-surface px-4 pt-3 pb-2">
      <figcaption className="mb-2 text-ink-3 text-xs">When certificates end, from now on</figcaption>
      <div className="relative h-12 border-line-strong border-b" role="img" aria-label={spoken(certificates, now)}>
        {bins.map(({ index, certificates: members }) => (
          <span
            key={index}
            title={`${members.length} ${members.length === 1 ? "ends" : "end"} ${ageText(Date.parse(members[0]?.notAfter ?? ""), now)}`}
            className={`absolute bottom-0 rounded-t-sm ${members.every((one) => certificateState(one, now) === "good") ? "bg-secure" : "bg-warn"}`}
            style={{
              left: `${(index / BINS) * 100}%`,
              width: `max(4px, calc(${100 / BINS}% - 2px))`,
              height: `${20 + 80 * (Math.log(1 + members.length) / Math.log(1 + most))}%`,
            }}
          />
        ))}
      </div>
      <div className="relative h-5 text-ink-3 text-xs" aria-hidden="true">
        <span className="absolute left-0">now</span>
        {TICKS.map(({ label, ms }, index) => (
          <span
            key={label}
            className={`-translate-x-1/2 absolute whitespace-nowrap ${index % 2 === 0 ? "max-sm:hidden" : ""}`}
            style={{ left: `${stripPosition(ms) * 100}%` }}
          >
            {label}
          </span>
        ))}
      </div>
    </figure>
  );
}

function spoken(certificates: readonly SecurityCertificate[], now: number): string {
  const [first] = certificates;
  const bad = certificates.filter((one) => certificateState(one, now) !== "good").length;
  const next = first ? `the next ends ${ageText(Date.parse(first.notAfter), now)}` : "";
  return `${certificates.length} certificates; ${next}; ${bad === 0 ? "all in good time" : `${bad} need a look`}`;
}
