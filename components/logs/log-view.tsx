"use client";
import { useDeferredValue, useMemo, useState } from "react";
import { useLogs } from "@/components/data/use-logs";
import { useShortcuts } from "@/components/keys/use-shortcuts";
import { useUrlState } from "@/components/shell/url-state";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { ServicePod } from "@/lib/contract/services";
import type { LogBook } from "@/lib/logs/book";
import { logSearch } from "@/lib/logs/search";
import { LogLines } from "./log-lines";
import { LogToolbar } from "./log-toolbar";

interface LogViewProps {
  pod: ServicePod;
  pods: readonly ServicePod[];
  onPod: (name: string) => void;
}

/** A pod's log as it is written: containers interleaved, searched, held still, copied. */
export function LogView({ pod, pods, onPod }: LogViewProps) {
  const { get, setUrl } = useUrlState();
  const names = pod.containers.map(({ name }) => name);
  const chosen =
    get("container")
      ?.split(",")
      .filter((name) => names.includes(name)) ?? [];
  const containers = chosen.length > 0 ? chosen : names;
  const previous = get("previous") === "true";
  const find = get("find") ?? "";
  const onlyHits = get("only") === "true";
  const run = pod.containers.map(({ restarts, state }) => `${restarts}${state === "running"}`).join();
  const logs = useLogs({ namespace: pod.namespace, pod: pod.name, containers, previous, run });
  const [frozen, setFrozen] = useState<LogBook | null>(null);
  const [wrap, setWrap] = useState(false);
  const book = frozen ?? logs.book;
  const search = useMemo(() => logSearch(find), [find]);
  const wanted = useDeferredValue(search);
  const lines = useMemo(
    () => (onlyHits && find !== "" && wanted.ok ? book.lines.filter(({ text }) => wanted.test(text)) : book.lines),
    [book, wanted, onlyHits, find],
  );
  const toggle = () => setFrozen(frozen ? null : logs.book);
  useShortcuts([{ keys: "p", label: frozen ? "Go on with the log" : "Hold the log", group: "Log", run: toggle }]);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <LogToolbar
        pods={pods}
        pod={pod}
        onPod={onPod}
        containers={containers}
        onContainers={(next) => setUrl({ container: next.length === names.length ? null : next.join(",") })}
        previous={previous}
        onPrevious={(on) => setUrl({ previous: on ? "true" : null })}
        find={find}
        onFind={(text) => setUrl({ find: text === "" ? null : text })}
        fault={search.ok ? null : search.message}
        onlyHits={onlyHits}
        onOnlyHits={(on) => setUrl({ only: on ? "true" : null })}
        wrap={wrap}
        onWrap={setWrap}
        held={frozen !== null}
        behind={frozen ? logs.book.nextId - frozen.nextId : 0}
        onHold={toggle}
        lines={lines}
      />
      <States containers={logs.containers} pod={pod} previous={previous} onAgain={logs.again} />
      <LogLines
        lines={lines}
        split={wanted.ok ? wanted.split : null}
        wrap={wrap}
        follow={frozen === null}
        several={containers.length > 1}
      />
      <p className="shrink-0 border-line border-t px-4 py-1 text-ink-3 text-xs" data-testid="log-count">
        {lines.length} {lines.length === 1 ? "line" : "lines"}
        {book.dropped > 0 && `; ${book.dropped} older ones were dropped here`}
      </p>
    </div>
  );
}

interface StatesProps {
  containers: ReturnType<typeof useLogs>["containers"];
  pod: ServicePod;
  previous: boolean;
  onAgain: () => void;
}

function States({ containers, pod, previous, onAgain }: StatesProps) {
  const again = (
    <Button size="sm" variant="quiet" onClick={onAgain}>
      Read again
    </Button>
  );
  return (
    <>
      {Object.entries(containers).map(([name, { state, error }]) => {
        if (state === "failed") {
          return (
            <Banner key={name} status="degraded" action={again}>
              {error?.message} {error?.hint}
            </Banner>
          );
        }
        if (state !== "ended" || previous) return null;
        const now = pod.containers.find((one) => one.name === name)?.state ?? "";
        return (
          <Banner key={name} status="idle" action={again}>
            The log of {name} has ended{now === "running" ? " here" : `: it is ${now}`}.
          </Banner>
        );
      })}
    </>
  );
}
