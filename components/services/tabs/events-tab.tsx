"use client";
import { useKubeEvents } from "@/components/data/use-service";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { TableSkeleton } from "@/components/ui/skeleton";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { KubeEvent } from "@/lib/contract/services";
import { Framed, Nothing } from "./section";

const COLUMNS: readonly Column<KubeEvent>[] = [
  { id: "at", header: "Last", cell: ({ at }) => <RelativeTime at={at} />, sortBy: ({ at }) => at },
  {
    id: "reason",
    header: "Reason",
    cell: ({ type, reason }) => (
      <span className="inline-flex items-center gap-1.5">
        {type === "Warning" && <StatusMark status="degraded" label="Warning" />} {reason}
      </span>
    ),
    sortBy: ({ reason }) => reason,
  },
  {
    id: "object",
    header: "Object",
    cell: ({ object }) => `${object.kind} ${object.name}`,
    sortBy: ({ object }) => `${object.kind} ${object.name}`,
  },
  {
    id: "message",
    header: "Message",
    cell: ({ message }) => (
      <span className="block max-w-160 truncate" title={message}>
        {message}
      </span>
    ),
  },
  { id: "count", header: "Times", align: "right", cell: ({ count }) => count, sortBy: ({ count }) => count },
  { id: "from", header: "From", cell: ({ from }) => from || "–", sortBy: ({ from }) => from },
];

/** What Kubernetes reported of it, its workloads and its pods. */
export function EventsTab({ id }: { id: string }) {
  const { data, error, refetch } = useKubeEvents(id);
  if (error && !data) {
    return (
      <ErrorState
        title={error.code === "forbidden" ? "You may not read Events here" : "The Events could not be read"}
        message={error.message}
        hint={error.hint}
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data) return <TableSkeleton label="Loading the Events" rows={6} />;
  if (data.items.length === 0) {
    return <Nothing>Kubernetes reported nothing in the time it keeps Events, an hour as a rule.</Nothing>;
  }
  return (
    <Framed>
      <Table
        label="Events"
        columns={COLUMNS}
        rows={data.items}
        rowKey={({ object, reason, message, since }) => `${object.kind}/${object.name} ${reason} ${since} ${message}`}
        initialSort={{ column: "at", descending: true }}
      />
    </Framed>
  );
}
