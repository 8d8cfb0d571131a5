"use client";
import { shortName } from "@/components/services/subject-path";
import { ClockTime } from "@/components/time/clock-time";
import { Figure } from "@/components/ui/figure";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { ToldCall } from "@/lib/contract/calls";
import { millisecondsQuantity } from "@/lib/format/number";
import { callStatus, statusText, whatText } from "./call-text";

const COLUMNS: readonly Column<ToldCall>[] = [
  {
    id: "at",
    header: "Time",
    cell: ({ at }) => <ClockTime at={at} />,
  },
  {
    id: "status",
    header: "Answer",
    cell: (call) => (
      <span className="inline-flex items-center gap-1.5">
        <StatusMark status={callStatus(call)} /> {statusText(call)}
      </span>
    ),
  },
  { id: "source", header: "From", cell: sourceText },
  { id: "destination", header: "To", cell: ({ destinationService }) => destinationService ?? "–" },
  {
    id: "call",
    header: "Call",
    cell: (call) => (
      <code className="block max-w-80 truncate font-mono text-xs" title={whatText(call)}>
        {whatText(call)}
      </code>
    ),
  },
  {
    id: "duration",
    header: "Took",
    align: "right",
    cell: ({ durationMs }) => <Figure quantity={millisecondsQuantity(durationMs)} />,
  },
  {
    id: "why",
    header: "Why",
    cell: ({ why }) => (
      <span className="block max-w-120 truncate text-ink-2" title={why.sentence}>
        {why.policies[0] && why.verdict === "allowed"
          ? `${why.policies[0].target}${why.policies[0].route ? `, ${why.policies[0].route.split("/").slice(2).join("/")}` : ""}`
          : why.sentence}
      </span>
    ),
  },
];

function sourceText({ sourceWorkload, sourceIdentity }: ToldCall): string {
  return sourceWorkload === null ? (sourceIdentity ?? "no certificate") : shortName(sourceWorkload);
}

interface CallTableProps {
  calls: readonly ToldCall[];
  selected: string | null;
  onOpen: (call: ToldCall) => void;
  empty: React.ReactNode;
}

/** Calls, newest first. */
export function CallTable({ calls, selected, onOpen, empty }: CallTableProps) {
  return (
    <Table
      label="Calls"
      columns={COLUMNS}
      rows={calls}
      rowKey={(call) => call.id}
      selectedKey={selected}
      onOpen={onOpen}
      empty={empty}
    />
  );
}
