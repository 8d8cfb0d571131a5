"use client";
import { Figure } from "@/components/ui/figure";
import { Sparkline } from "@/components/ui/sparkline";
import { StatusMark } from "@/components/ui/status-mark";
import type { ServiceCard } from "@/lib/contract/embeds";
import { cardFigures, stateWord } from "@/lib/embeds/card-svg";

/** A service in one glance. */
export function CardView({ card }: { card: ServiceCard }) {
  const [namespace = "", name = ""] = card.service.split("/");
  return (
    <section aria-label={card.service} className="flex h-full flex-col rounded-lg border border-line bg-surface p-4">
      <h2 className="flex items-baseline gap-2 font-medium text-md">
        {name} <span className="font-normal text-ink-3 text-sm">{namespace}</span>
      </h2>
      <p className="flex items-center gap-1.5 text-ink-2 text-sm">
        <StatusMark status={card.status} /> {stateWord(card)}
      </p>
      <dl className="mt-3 grid grid-cols-3 gap-x-4 gap-y-3">
        {cardFigures(card).map(({ label, quantity }) => (
          <div key={label}>
            <dt className="text-ink-3 text-xs">{label}</dt>
            <dd className="text-md">
              <Figure quantity={quantity} />
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-auto pt-3">
        <Sparkline
          values={card.course}
          label="Requests of the last 15 minutes"
          stretch
          height={32}
          ink="var(--color-s1)"
        />
      </div>
    </section>
  );
}
