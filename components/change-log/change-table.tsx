"use client";
import Link from "next/link";
import { type ReactNode, useMemo } from "react";
import { usePageLink } from "@/components/shell/page-link";
import { useClock } from "@/components/time/clock";
import { cx } from "@/components/ui/cx";
import { type Column, Table } from "@/components/ui/table";
import { useNow } from "@/components/ui/use-now";
import type { Change } from "@/lib/contract/changes";
import { objectPage } from "./object-page";

/** Its effect is in the figures by then; their window begins after it. */
const AFTER_MS = 60_000;
const BEFORE_MS = 1_000;

interface ChangeTableProps {
  changes: readonly Change[];
  empty: ReactNode;
}

/** One line for each change, the newest first, with the ways to what it did. */
export function ChangeTable({ changes, empty }: ChangeTableProps) {
  const clock = useClock();
  const minute = useNow(60_000);
  const columns = useMemo<readonly Column<Change>[]>(
    () => [
      { id: "at", header: "When", cell: ({ at }) => clock.time(at, minute) },
      { id: "name", header: "What", cell: (change) => <What change={change} /> },
      {
        id: "summary",
        header: "In words",
        cell: (change) => <Words change={change} className="min-w-64 max-sm:hidden" />,
      },
      { id: "by", header: "By", cell: ({ by }) => by ?? <span className="text-ink-3">not told</span> },
      { id: "look", header: "Look", cell: (change) => <Ways change={change} now={minute} /> },
    ],
    [clock, minute],
  );
  return <Table label="Changes" columns={columns} rows={changes} rowKey={keyOf} empty={empty} />;
}

function keyOf({ at, kind, namespace, name, verb, summary }: Change): string {
  return `${at} ${kind} ${namespace} ${name} ${verb} ${summary}`;
}

function nameOf({ namespace, name }: Change): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}

function What({ change }: { change: Change }) {
  const link = usePageLink();
  const page = objectPage(change);
  const name = nameOf(change);
  return (
    <>
      <span className="block max-w-80 truncate max-sm:pt-1.5" title={`${change.kind} ${name}`}>
        <span className="text-ink-3">{change.kind}</span>{" "}
        {page === null ? (
          name
        ) : (
          // What it is now: an instant of the page before would show it as it was.
          <Link href={link(page.path, { ...page.change, at: null })} className="text-accent hover:underline">
            {name}
          </Link>
        )}
      </span>
      {/* On a phone its own column would be out of sight. */}
      <Words change={change} className="w-64 pt-0! sm:hidden" />
    </>
  );
}

/** Whole, on as many lines as it needs: it is what one came for. */
function Words({ change: { verb, summary }, className }: { change: Change; className: string }) {
  return (
    <span className={cx("wrap-anywhere block whitespace-normal py-1.5", className)}>
      {verb !== "changed" && <span className="text-ink-3">{verb}: </span>}
      {summary}
    </span>
  );
}

function Ways({ change, now }: { change: Change; now: number }) {
  const link = usePageLink();
  const at = Math.round(change.at);
  const after = at + AFTER_MS;
  const what = `${change.kind} ${nameOf(change)} was ${change.verb}`;
  return (
    <span className="flex gap-3">
      <Link href={link("/graph", { at: String(at) })} className="text-accent hover:underline">
        Graph then<span className="sr-only">, when {what}</span>
      </Link>
      <Link
        href={link("/graph", { at: after < now ? String(after) : null, compare: String(at - BEFORE_MS) })}
        className="text-accent hover:underline"
      >
        Before and after<span className="sr-only"> {what}</span>
      </Link>
    </span>
  );
}
