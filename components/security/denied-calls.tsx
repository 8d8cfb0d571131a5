import { RelativeTime } from "@/components/ui/relative-time";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { DeniedCall } from "@/lib/contract/security";

interface Row {
  readonly call: DeniedCall;
  readonly key: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { id: "at", header: "When", cell: ({ call }) => <RelativeTime at={call.at} />, sortBy: ({ call }) => call.at },
  {
    id: "source",
    header: "Caller",
    cell: ({ call }) => call.sourceIdentity ?? "no certificate",
    sortBy: ({ call }) => call.sourceIdentity,
  },
  {
    id: "destination",
    header: "Called",
    cell: ({ call }) => call.destinationService ?? call.destinationIdentity ?? "–",
    sortBy: ({ call }) => call.destinationService,
  },
  {
    id: "call",
    header: "Call",
    cell: ({ call }) => (
      <code className="font-mono text-xs">
        {call.protocol === "http" ? `${call.method ?? ""} ${call.path ?? ""}` : "TCP connection"}
      </code>
    ),
  },
  {
    id: "why",
    header: "Why",
    cell: ({ call }) => (
      <span className="inline-flex items-center gap-1.5">
        <StatusMark status="denied" /> {call.why}
      </span>
    ),
  },
];

/** The calls that were refused last, each with the reason. */
export function DeniedCalls({ calls }: { calls: readonly DeniedCall[] }) {
  const rows = calls.map((call, index): Row => ({ call, key: `${call.at} ${call.sourceIdentity} ${index}` }));
  return (
    <Table
      label="Denied calls"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => row.key}
      empty={<p className="px-3 py-4 text-ink-3 text-sm">No call was denied as far as the controller remembers.</p>}
    />
  );
}
