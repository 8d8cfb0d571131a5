"use client";
import { X } from "lucide-react";
import { useMemo } from "react";
import { useChanges } from "@/components/data/use-changes";
import { useScope } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import { type Column, Table } from "@/components/ui/table";
import { useNow } from "@/components/ui/use-now";
import type { Change } from "@/lib/contract/changes";
import type { EdgeDiff } from "@/lib/topology/diff";
import { changeText } from "./change-text";
import { type Clock, useClock } from "./clock";
import { changeOf, DIFF_SIGN, DIFF_WORD } from "./diff-text";
import { type Compared, useCompared } from "./use-compared";

const MINUTE_MS = 60_000;

/** Two moments side by side under the graph: what differs, largest first, and what was changed in between. */
export function ComparePanel() {
  const compared = useCompared();
  return compared && <OpenCompare compared={compared} />;
}

function OpenCompare({ compared }: { compared: Compared }) {
  const { setUrl } = useUrlState();
  const clock = useClock();
  const now = useNow();
  const { against, at } = compared;
  return (
    <section
      aria-label="Two moments compared"
      data-testid="compare"
      className="flex h-(--compare) min-h-0 shrink-0 flex-col border-line border-t bg-surface"
    >
      <div className="flex min-h-9 items-center gap-2 border-line border-b px-3 text-sm">
        <h2 className="min-w-0 flex-1 truncate">
          <span className="font-medium">
            {clock.time(against, now)} → {at === null ? "now" : clock.time(at, now)}
          </span>
          <Counts compared={compared} />
        </h2>
        <IconButton label="Stop comparing" keys="c" size="sm" onClick={() => setUrl({ compare: null })}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
      <div className="flex min-h-0 flex-1 max-sm:flex-col max-sm:overflow-auto">
        <Differences compared={compared} />
        <ChangesBetween from={Math.min(against, at ?? now)} to={Math.max(against, at ?? now)} clock={clock} />
      </div>
    </section>
  );
}

function Counts({ compared: { diff } }: { compared: Compared }) {
  if (diff === null) return null;
  const count = (kind: EdgeDiff["kind"]) => diff.edges.filter((edge) => edge.kind === kind).length;
  return (
    <span className="ml-3 text-ink-2">
      {count("new")} new, {count("lost")} lost, {count("changed")} changed
    </span>
  );
}

const name = (node: string) => {
  const [namespace, , ...rest] = node.split("/");
  return (
    <>
      <span className="font-medium">{rest.join("/")}</span> <span className="text-ink-3 text-xs">{namespace}</span>
    </>
  );
};

const COLUMNS: readonly Column<EdgeDiff>[] = [
  {
    id: "kind",
    header: "Difference",
    cell: ({ kind }) => (
      <span>
        <span aria-hidden="true" className="inline-block w-4 font-medium text-accent">
          {DIFF_SIGN[kind]}
        </span>
        {DIFF_WORD[kind]}
      </span>
    ),
    sortBy: ({ kind }) => kind,
  },
  { id: "from", header: "From", cell: ({ source }) => name(source), sortBy: ({ source }) => source },
  { id: "to", header: "To", cell: ({ target }) => name(target), sortBy: ({ target }) => target },
  { id: "what", header: "What differs", cell: ({ changes }) => changes.map(changeOf).join(", ") },
  {
    id: "size",
    header: "Calls concerned",
    align: "right",
    cell: ({ size }) => `${size < 10 ? size.toPrecision(2) : Math.round(size)}/s`,
    sortBy: ({ size }) => size,
  },
];

function Differences({ compared: { diff, before, after } }: { compared: Compared }) {
  const { get, setUrl } = useUrlState();
  const scope = useScope();
  const rows = useMemo(() => {
    const inScope = (id: string) => scope === null || scope.has(id.slice(0, id.indexOf("/")));
    return (diff?.edges ?? []).filter(({ source, target }) => inScope(source) || inScope(target));
  }, [diff, scope]);
  const error = before.error ?? after.error;
  if (error) {
    return (
      <p role="alert" className="flex flex-1 items-start gap-2 p-3 text-sm">
        <span className="min-w-0 flex-1">
          The two moments cannot be compared. {error.message} {error.hint}
        </span>
        <Button size="sm" onClick={() => void (before.error ? before : after).refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  if (diff === null) return <Skeleton className="m-3 h-20 flex-1" />;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <Table
        label="What differs between the two moments"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        initialSort={{ column: "size", descending: true }}
        selectedKey={get("edge")}
        onOpen={({ id }) => setUrl({ edge: id, node: null }, "push")}
        empty={
          <p className="p-3 text-ink-2 text-sm">
            Nothing differs by more than chance: rates, errors, refusals, p95, encryption and split shares are the same.
          </p>
        }
      />
    </div>
  );
}

interface BetweenProps {
  /** Unix milliseconds. */
  from: number;
  to: number;
  clock: Clock;
}

function ChangesBetween({ from, to, clock }: BetweenProps) {
  const until = Math.ceil(to / MINUTE_MS) * MINUTE_MS;
  const { data, error } = useChanges(to > 0 ? { since: from, until } : null);
  const changes = (data?.changes ?? []).filter(({ at }) => at >= from && at <= to);
  return (
    <section
      aria-label="Changes of configuration in between"
      className="scroll-thin w-80 shrink-0 overflow-auto border-line border-l p-3 text-sm max-sm:w-full max-sm:border-t max-sm:border-l-0"
    >
      <h3 className="mb-1 font-medium text-ink-3 text-xs">Changed in between</h3>
      {error && !data && (
        <p className="text-ink-2">
          {error.message} {error.hint}
        </p>
      )}
      {data?.partial.map((part) => (
        <p key={part.part} className="text-ink-2">
          {part.message} {part.hint}
        </p>
      ))}
      {data && changes.length === 0 && <p className="text-ink-2">No configuration was changed.</p>}
      <ul className="flex flex-col gap-1.5">
        {changes.map((change: Change) => (
          <li key={`${change.at} ${change.kind} ${change.namespace} ${change.name} ${change.summary}`}>
            <span className="text-ink-3">{clock.time(change.at)}</span> {changeText(change)}
          </li>
        ))}
      </ul>
    </section>
  );
}
