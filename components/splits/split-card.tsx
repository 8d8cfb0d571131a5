"use client";
import { useState } from "react";
import { ProblemList } from "@/components/changes/problem-list";
import { useChart } from "@/components/data/use-chart";
import { Figure } from "@/components/ui/figure";
import { StatusMark } from "@/components/ui/status-mark";
import { Tag } from "@/components/ui/tag";
import type { SplitView } from "@/lib/contract/splits";
import { rateQuantity } from "@/lib/format/number";
import { BackendPanel } from "./backend-panel";
import { ObservedBar } from "./observed-bar";
import { SplitBar } from "./split-bar";
import { SplitFooter } from "./split-footer";
import { useSplitDraft } from "./use-split-draft";

interface SplitCardProps {
  split: SplitView;
  windowSeconds: number;
  /** It was linked to: scrolled to and outlined. */
  selected: boolean;
}

/** One TrafficSplit: what it asks for, what happens, and per backend how that fares. */
export function SplitCard({ split, windowSeconds, selected }: SplitCardProps) {
  const editing = useSplitDraft(split);
  const [applied, setApplied] = useState(false);
  const chart = useChart({ kind: "split", split: `${split.namespace}/${split.name}` }, { range: "5m" });
  const name = `${split.namespace}/${split.name}`;
  const editable = split.backends.length > 0;
  return (
    <article
      id={`split-${name}`}
      aria-label={`TrafficSplit ${name}`}
      className={`overflow-hidden rounded-lg border bg-surface ${selected ? "border-accent" : "border-line"}`}
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3">
        <h2 className="font-medium text-base">{split.root ?? split.service}</h2>
        <span className="text-ink-3 text-sm">
          TrafficSplit {split.name === split.root?.split("/")[1] ? "" : split.name} {split.apiVersion.split("/")[1]}
        </span>
        {!split.inForce && <Tag tone="fail">not in force</Tag>}
        {split.matches.length > 0 && <Tag>only {split.matches.join(", ")}</Tag>}
        {split.managedBy && (
          <Tag tone="warn">
            kept by {split.managedBy.tool} {split.managedBy.name}: a change here would be changed back
          </Tag>
        )}
        <span className="ml-auto text-sm">
          <Figure quantity={rateQuantity(split.requestsPerSecond)} />
        </span>
      </header>
      <div className="flex flex-col gap-2 px-4 py-3">
        <ProblemList problems={split.problems} />
        {editable && (
          <>
            <SplitBar
              portions={editing.draft.portions}
              draft={editing.changed}
              disabled={false}
              onMove={editing.move}
            />
            <ObservedBar backends={split.backends} windowSeconds={windowSeconds} />
            <Arrival split={split} show={applied} />
          </>
        )}
      </div>
      <div className="flex flex-wrap divide-x divide-line border-line border-t">
        {split.backends.map((backend, at) => {
          const portion = editing.draft.portions.find((one) => one.service === backend.service);
          return (
            portion && (
              <BackendPanel
                key={backend.service}
                backend={backend}
                portion={portion}
                series={
                  chart.data?.series.filter((one) => one.subject === `${split.namespace}/${backend.service}`) ?? []
                }
                disabled={!editable}
                onSet={(percent) => editing.set(at, percent)}
                onLock={(locked) => editing.lock(at, locked)}
              />
            )
          );
        })}
      </div>
      {editing.changed && <SplitFooter split={split} editing={editing} onApplied={() => setApplied(true)} />}
    </article>
  );
}

/** Two points more than the interval: figures of a running mesh never sit exactly on the weight. */
const CLOSE = 0.02;

/** After a change: how far the calls have come to what was asked. */
function Arrival({ split, show }: { split: SplitView; show: boolean }) {
  const first = split.backends[0];
  if (!show || !first?.observed) return null;
  const { share, low, high } = first.observed;
  const asked = Math.round(first.desiredShare * 100);
  const there = first.desiredShare >= low - CLOSE && first.desiredShare <= high + CLOSE;
  return (
    <p role="status" className="flex items-center gap-2 text-ink-2 text-sm">
      <StatusMark status={there ? "healthy" : "idle"} />
      {first.service}: asked {asked}, seen {Math.round(share * 100)}
      {there ? "" : " and moving"}
    </p>
  );
}
