"use client";
import { Pause, Play } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import type { CallsState } from "@/components/data/call-store";
import { useCalls } from "@/components/data/use-calls";
import { useShortcuts } from "@/components/keys/use-shortcuts";
import { useScope } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { useUnsaid } from "@/components/shell/use-unsaid";
import { Button } from "@/components/ui/button";
import { PartialBanner } from "@/components/ui/partial-banner";
import { TableSkeleton } from "@/components/ui/skeleton";
import { callTest } from "@/lib/calls/filter";
import type { ToldCall } from "@/lib/contract/calls";
import { CallFilters } from "./call-filters";
import { CallInspector } from "./call-inspector";
import { CallTable } from "./call-table";
import { useCallFilter } from "./use-call-filter";

const SHOWN_STEP = 150;

/** The tap: calls as they are told, of everything (null) or of one service or workload (node id). */
export function LiveCalls({ about }: { about: string | null }) {
  const live = useCalls(about);
  const [frozen, setFrozen] = useState<CallsState | null>(null);
  // While the pointer or the focus is in the table it stands still: what one is about to open must not slide away.
  const [held, setHeld] = useState<CallsState | null>(null);
  const hold = (on: boolean) => setHeld(on ? live : null);
  const paused = frozen !== null;
  const parts = useUnsaid(live.partial);
  const toggle = () => setFrozen(paused ? null : live);
  const shown = frozen ?? held ?? live;
  useShortcuts([{ keys: "p", label: paused ? "Go on with calls" : "Pause calls", group: "Calls", run: toggle }]);
  if (live.sampleOneIn === null) return <TableSkeleton label="Loading the calls" rows={10} />;
  const later = shown === live ? 0 : newerThan(live.calls, shown.calls[0]);
  return (
    <>
      <PartialBanner parts={parts} />
      <CallsView state={shown} inMesh={about === null} onHold={hold}>
        <Button
          size="sm"
          icon={paused ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}
          aria-label={paused ? "Go on with calls" : "Pause calls"}
          onClick={toggle}
        >
          {paused ? "Go on" : "Pause"}
        </Button>
        {later > 0 && <span className="text-ink-3 text-xs">{later} new</span>}
        {live.state === "reconnecting" && (
          <span role="status" className="text-sm text-warn">
            Reconnecting
          </span>
        )}
      </CallsView>
    </>
  );
}

interface CallsViewProps {
  state: CallsState;
  /** Of the whole mesh: then the namespaces of the top bar count. */
  inMesh: boolean;
  /** The reader is in the table, or has left it. */
  onHold: (on: boolean) => void;
  children: React.ReactNode;
}

function CallsView({ state, inMesh, onHold, children }: CallsViewProps) {
  const { get, setUrl } = useUrlState();
  const scope = useScope();
  const filter = useCallFilter();
  const wanted = useDeferredValue(filter.filter);
  const [most, setMost] = useState(SHOWN_STEP);
  const found = useMemo(() => {
    const fits = callTest(wanted);
    return state.calls
      .filter((call) => fits(call) && (!inMesh || scope === null || touches(call, scope)))
      .sort((a, b) => b.at - a.at);
  }, [state.calls, wanted, scope, inMesh]);
  const selected = state.calls.find((call) => call.id === get("call")) ?? null;
  return (
    <div className="flex min-h-0 flex-1">
      <div className="scroll-thin flex min-h-0 min-w-0 flex-1 flex-col gap-3 overflow-auto p-4 max-sm:p-2">
        <div className="flex flex-wrap items-center gap-2">
          {children}
          <CallFilters filter={filter} />
        </div>
        {(state.calls.length > 0 || state.partial.length === 0) && (
          <p className="text-ink-3 text-xs" data-testid="sample">
            Every refused and failed call, and {sampleText(state.sampleOneIn ?? 1)} of the rest. {found.length} of the
            latest {state.calls.length} fit{state.missed > 0 && `; ${state.missed} came too fast to be shown`}.
          </p>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only keeps the table still; the rows are what one operates */}
        <div
          className="shrink-0 overflow-hidden rounded-lg border border-line"
          onPointerEnter={() => onHold(true)}
          onPointerLeave={() => onHold(false)}
          onFocus={() => onHold(true)}
          onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && onHold(false)}
        >
          <CallTable
            calls={found.slice(0, most)}
            selected={selected?.id ?? null}
            onOpen={(call) => setUrl({ call: call.id }, "push")}
            empty={<Empty any={state.calls.length > 0} />}
          />
        </div>
        {found.length > most && (
          <Button size="sm" className="self-start" onClick={() => setMost(most + SHOWN_STEP)}>
            Show {Math.min(SHOWN_STEP, found.length - most)} more
          </Button>
        )}
      </div>
      {selected && <CallInspector call={selected} onClose={() => setUrl({ call: null })} />}
    </div>
  );
}

function Empty({ any }: { any: boolean }) {
  return (
    <p className="px-3 py-4 text-ink-3 text-sm">
      {any
        ? "None of the latest calls fits these filters."
        : "No call was told yet. A refused or failed one appears at once; of the others only a sample does."}
    </p>
  );
}

function sampleText(oneIn: number): string {
  return oneIn === 1 ? "all" : `1 in ${oneIn}`;
}

function touches(call: ToldCall, scope: ReadonlySet<string>): boolean {
  const ends = [call.sourceWorkload ?? call.sourceIdentity, call.destinationService ?? call.destinationIdentity];
  return ends.some((end) => end !== null && scope.has(end.split("/")[0] ?? ""));
}

function newerThan(calls: readonly ToldCall[], last: ToldCall | undefined): number {
  const index = last === undefined ? -1 : calls.findIndex((call) => call.id === last.id);
  return index < 0 ? calls.length : index;
}
