"use client";
import { Lock, LockOpen } from "lucide-react";
import { Figure } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { NumberInput } from "@/components/ui/number-input";
import { Sparkline } from "@/components/ui/sparkline";
import { StatusMark } from "@/components/ui/status-mark";
import { Tag } from "@/components/ui/tag";
import { seriesInk } from "@/lib/charts/series-ink";
import type { ChartSeries } from "@/lib/contract/charts";
import type { SplitBackendView } from "@/lib/contract/splits";
import {
  formatQuantity,
  millisecondsQuantity,
  percentQuantity,
  type Quantity,
  rateQuantity,
} from "@/lib/format/number";
import type { Portion } from "./weights";

interface BackendPanelProps {
  backend: SplitBackendView;
  portion: Portion;
  /** Lines of the split's chart that belong to this backend. */
  series: readonly ChartSeries[];
  disabled: boolean;
  onSet: (percent: number) => void;
  onLock: (locked: boolean) => void;
}

/** One backend: its share to type and to lock, and its requests, success and p99 as they go. */
export function BackendPanel({ backend, portion, series, disabled, onSet, onLock }: BackendPanelProps) {
  const ink = seriesInk(backend.service);
  const success = backend.errorRatio === null ? null : 1 - backend.errorRatio;
  const p99 = backend.latencyMs?.p99 ?? null;
  return (
    <section aria-label={`Backend ${backend.service}`} className="flex min-w-44 flex-1 flex-col gap-2 px-4 py-3">
      <div className="flex items-center gap-2">
        <span aria-hidden="true" className="size-2.5 shrink-0 rounded-sm" style={{ background: ink }} />
        <h3 className="min-w-0 truncate font-medium text-sm">{backend.service}</h3>
        {backend.version && <Tag>{backend.version}</Tag>}
        {backend.state !== "ok" && (
          <StatusMark
            status="failing"
            label={backend.state === "missing" ? "There is no such Service" : "It lacks the root's port"}
          />
        )}
      </div>
      <div className="flex items-center gap-1">
        <NumberInput
          aria-label={`Share of ${backend.service}`}
          className="w-20"
          min={0}
          max={100}
          unit="%"
          value={portion.percent}
          disabled={disabled || portion.locked}
          onChange={onSet}
        />
        <IconButton
          label={portion.locked ? `Unlock ${backend.service}` : `Lock ${backend.service} at ${portion.percent} %`}
          aria-pressed={portion.locked}
          disabled={disabled}
          onClick={() => onLock(!portion.locked)}
        >
          {portion.locked ? <Lock size={14} aria-hidden="true" /> : <LockOpen size={14} aria-hidden="true" />}
        </IconButton>
      </div>
      <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1 text-sm">
        <Line
          name="Requests"
          value={rateQuantity(backend.requestsPerSecond)}
          values={points(series, "requests")}
          ink={ink}
        />
        <Line name="Success" value={percentQuantity(success)} values={successOf(series)} ink={ink} />
        <Line name="p99" value={millisecondsQuantity(p99)} values={points(series, "p99")} ink={ink} />
      </dl>
    </section>
  );
}

interface LineProps {
  name: string;
  value: Quantity;
  values: readonly (number | null)[];
  ink: string;
}

function Line({ name, value, values, ink }: LineProps) {
  return (
    <>
      <dt className="text-ink-3 text-xs">{name}</dt>
      <dd className="min-w-0 overflow-hidden">
        <Sparkline
          values={values}
          label={`${name} over the last minutes, now ${formatQuantity(value)}`}
          ink={ink}
          stretch
        />
      </dd>
      <dd className="text-right font-medium">
        <Figure quantity={value} />
      </dd>
    </>
  );
}

function points(series: readonly ChartSeries[], name: string): (number | null)[] {
  const found = series.find((one) => one.name === name);
  return found?.points.map(([, value]) => value) ?? [];
}

/** Share of calls that did not fail, at each step; a gap where there were no calls. */
function successOf(series: readonly ChartSeries[]): (number | null)[] {
  const errors = points(series, "errors");
  return points(series, "requests").map((calls, at) => {
    if (calls === null || calls === 0) return null;
    return 1 - (errors[at] ?? 0) / calls;
  });
}
