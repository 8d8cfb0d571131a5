"use client";
import { Sparkline } from "@/components/ui/sparkline";
import { StatusMark } from "@/components/ui/status-mark";
import type { Threshold } from "@/lib/boards/panel";
import { quantityOf } from "@/lib/charts/quantity";
import type { PanelData } from "@/lib/contract/boards";

interface StatPanelProps {
  title: string;
  data: PanelData;
  thresholds: readonly Threshold[];
}

/** The newest figure, large, and its course. Above its threshold it carries a mark; of what is left of something, below. */
export function StatPanel({ title, data, thresholds }: StatPanelProps) {
  const series = data.series[0];
  const value = series?.values.findLast((each) => each !== null) ?? null;
  const quantity = quantityOf(series?.unit ?? "count", value);
  const limit = thresholds[0];
  const crossed = limit !== undefined && value !== null && isCrossed(series?.unit, value, limit.value);
  return (
    <div className="flex min-h-0 flex-1 items-end gap-3">
      <p className="flex items-baseline gap-1.5 whitespace-nowrap text-xl">
        {crossed && <StatusMark status="degraded" label={`past ${limit.label}`} size={18} />}
        <span>
          {quantity.value}
          {quantity.unit !== "" && <span className="ml-1 text-base text-ink-3">{quantity.unit}</span>}
        </span>
      </p>
      <div className="min-w-0 flex-1">
        <Sparkline values={series?.values ?? []} label={`Course of ${title}`} stretch height={28} />
      </div>
    </div>
  );
}

function isCrossed(unit: string | undefined, value: number, limit: number): boolean {
  return unit === "seconds" ? value < limit : value >= limit;
}
