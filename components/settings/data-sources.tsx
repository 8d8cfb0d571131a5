"use client";
import { RefreshCw } from "lucide-react";
import { type SourceCheck, useDataSources } from "@/components/data/use-settings";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { type Status, StatusMark } from "@/components/ui/status-mark";
import type { DataSource } from "@/lib/contract/settings";
import { formatQuantity, millisecondsQuantity } from "@/lib/format/number";

const NAMES: Readonly<Record<DataSource["id"], string>> = {
  kubernetes: "Kubernetes API",
  metrics: "Metrics store",
  controller: "Controller",
  calls: "Calls told by sidecars",
};
const STATUS: Readonly<Record<DataSource["state"], Status>> = {
  ok: "healthy",
  degraded: "degraded",
  down: "failing",
  absent: "idle",
};
const WORD: Readonly<Record<DataSource["state"], string>> = {
  ok: "answers",
  degraded: "not well",
  down: "down",
  absent: "not configured",
};

/** Where the dashboard's data comes from; each place is asked now, and again on demand. */
export function DataSources() {
  const checks = useDataSources();
  return (
    <ul className="grid gap-3 lg:grid-cols-2">
      {checks.map((check) => (
        <SourceCard key={check.id} check={check} />
      ))}
    </ul>
  );
}

function SourceCard({ check: { id, source, error, checking, again } }: { check: SourceCheck }) {
  const name = NAMES[id];
  return (
    <li
      className={cx(
        "flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-surface px-4 py-3 text-sm",
        // The room of what is found: Kubernetes is asked for the reader's rights too.
        id === "kubernetes" ? "min-h-64 max-sm:min-h-96" : "min-h-44",
      )}
    >
      <div className="flex items-center gap-2">
        <h2 className="font-medium">{name}</h2>
        {source && (
          <span className="flex items-center gap-1.5 text-ink-2">
            <StatusMark status={STATUS[source.state]} />
            {WORD[source.state]}
            {source.latencyMs !== null && ` in ${formatQuantity(millisecondsQuantity(source.latencyMs))}`}
          </span>
        )}
        <Button
          size="sm"
          variant="quiet"
          busy={checking}
          onClick={again}
          icon={<RefreshCw size={14} aria-hidden="true" />}
          className="ml-auto"
          aria-label={`Check now: ${name}`}
        >
          Check now
        </Button>
      </div>
      {!source && !error && <Skeleton className="h-16 w-full" />}
      {error && (
        <p role="alert">
          {error.message} <span className="text-ink-2">{error.hint}</span>
        </p>
      )}
      {source && <Findings source={source} />}
    </li>
  );
}

function Findings({ source: { message, hint, facts, rights, checkedAt } }: { source: DataSource }) {
  return (
    <>
      <p className="wrap-anywhere">
        {message} {hint && <span className="text-ink-2">{hint}</span>}
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5">
        {facts.map((fact) => (
          <div key={fact.name} className="contents">
            <dt className="text-ink-3">{fact.name}</dt>
            <dd className="truncate" title={fact.value}>
              {fact.value}
            </dd>
          </div>
        ))}
      </dl>
      {rights.length > 0 && (
        <ul aria-label="What you may do" className="flex flex-wrap gap-x-4 gap-y-0.5">
          {rights.map((right) => (
            <li key={right.action} className="flex items-center gap-1.5" title={right.why}>
              {right.allowed ? (
                <span className="text-ok" aria-hidden="true">
                  ✓
                </span>
              ) : (
                <StatusMark status="denied" />
              )}
              <span className={right.allowed ? "text-ink-2" : ""}>
                {right.allowed ? "may" : "may not"} {right.action}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-auto text-ink-3 text-xs">
        Checked <RelativeTime at={checkedAt} />
      </p>
    </>
  );
}
