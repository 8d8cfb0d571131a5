"use client";
import { useMemo } from "react";
import { useChanges } from "@/components/data/use-changes";
import { PageHeader } from "@/components/shell/page-header";
import { PageStates } from "@/components/shell/page-states";
import { useInstant, useScope } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { useUrlText } from "@/components/shell/use-url-text";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/select";
import { TableSkeleton } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import { useNow } from "@/components/ui/use-now";
import { changeGap } from "@/lib/contract/change-gap";
import type { Change, Changes } from "@/lib/contract/changes";
import { MOST_CHANGES } from "@/lib/contract/most-changes";
import { ChangeTable } from "./change-table";
import { chosen, KINDS, longer, RANGES, type Range, rangeOf } from "./choice";

const STEP_MS = 60_000;

/** What people and tools changed of the mesh: when, by whom, in one line, and the way to what it did. */
export function ChangesPage() {
  const range = rangeOf(useUrlState().get("since"));
  const { data, error, refetch, dataUpdatedAt } = useChanges(useSpan(range));
  // It is live by changes alone: an answer without news is no older for it.
  const listed = useMemo(() => data && listedOf(data), [data]);
  return (
    <PageStates
      title="Changes"
      unreadable="The changes could not be read"
      result={{ data: listed, error, refetch, dataUpdatedAt }}
      skeleton={<TableSkeleton label="Loading the changes" rows={12} />}
    >
      {({ changes, gap }) => <ChangesContent changes={changes} gap={gap} range={range} />}
    </PageStates>
  );
}

/** What is missing without the controller is said beneath the list, where it is missing. */
function listedOf({ changes, partial }: Changes) {
  return { changes, partial: partial.filter(({ part }) => part !== "controller"), gap: changeGap(partial) };
}

/** Up to the instant that is shown. Now moves on by the minute, so that not every second asks anew; null before the browser has a clock. */
function useSpan({ ms }: Range) {
  const at = useInstant();
  const minute = useNow(STEP_MS);
  const until = at ?? (minute === 0 ? null : minute + STEP_MS);
  return useMemo(() => (until === null ? null : { since: until - ms, until }), [until, ms]);
}

interface ContentProps {
  changes: readonly Change[];
  /** What is missing in the list, and why; null: nothing is. */
  gap: string | null;
  range: Range;
}

function ChangesContent({ changes, gap, range }: ContentProps) {
  const { get, setUrl } = useUrlState();
  const scope = useScope();
  const [find, setFind] = useUrlText("find");
  const kind = KINDS.find(({ value }) => value === get("kind")) ?? KINDS[0];
  const shown = useMemo(() => chosen(changes, { kind: kind.value, find, scope }), [changes, kind, find, scope]);
  const showAll = () => {
    setFind("");
    setUrl({ kind: null, ns: null });
  };
  return (
    <>
      <PageHeader title="Changes" note={noteOf(changes, shown)}>
        <TextInput
          aria-label="Filter changes"
          placeholder="Filter: a name, a person, a word"
          className="w-60!"
          value={find}
          onChange={setFind}
        />
        <Select
          small
          aria-label="Kind"
          options={KINDS}
          value={kind.value}
          onChange={(value) => setUrl({ kind: value === "" ? null : value })}
        />
        <Select
          small
          aria-label="How far back"
          options={RANGES}
          value={range.value}
          onChange={(value) => setUrl({ since: value === RANGES[0].value ? null : value })}
        />
      </PageHeader>
      <div className="scroll-thin min-h-0 flex-1 overflow-auto p-4 max-sm:p-2">
        <div className="overflow-hidden rounded-lg border border-line">
          <ChangeTable changes={shown} empty={<Nothing total={changes.length} range={range} onAll={showAll} />} />
        </div>
        {gap && <p className="mt-3 text-ink-3 text-xs">{gap}</p>}
      </div>
    </>
  );
}

function noteOf(all: readonly Change[], shown: readonly Change[]): string {
  const most = all.length >= MOST_CHANGES ? `the newest ${all.length}` : `${all.length}`;
  if (shown.length < all.length) return `${shown.length} of ${most}`;
  return all.length === 1 ? "1 change" : `${most} changes`;
}

interface NothingProps {
  /** Of the range, whatever was chosen of them. */
  total: number;
  range: Range;
  onAll: () => void;
}

function Nothing({ total, range, onAll }: NothingProps) {
  const { setUrl } = useUrlState();
  if (total > 0) {
    return (
      <EmptyState title="No change fits" action={<Button onClick={onAll}>Show all {total}</Button>}>
        The filter, the kind or the namespaces chosen above leave none of them.
      </EmptyState>
    );
  }
  const further = longer(range);
  return (
    <EmptyState
      title="Nothing was changed"
      action={
        further && (
          <Button onClick={() => setUrl({ since: further.value })}>Look at the {further.label.toLowerCase()}</Button>
        )
      }
    >
      Here stands who changed which TrafficSplit, TrafficTarget, route, MeshConfig, Namespace, Service or Deployment,
      and when; each line leads to the graph before and after.
    </EmptyState>
  );
}
