import { useUrlSort } from "@/components/shell/url-sort";
import { RelativeTime } from "@/components/ui/relative-time";
import { type Column, Table } from "@/components/ui/table";
import type { ProxyRow } from "@/lib/contract/proxies";
import { SyncState, syncRank } from "./sync-state";

const COLUMNS: readonly Column<ProxyRow>[] = [
  {
    id: "pod",
    header: "Pod",
    cell: (row) => `${row.namespace}/${row.pod}`,
    sortBy: (row) => `${row.namespace}/${row.pod}`,
  },
  { id: "sync", header: "Configuration", cell: (row) => <SyncState rank={syncRank(row)} />, sortBy: syncRank },
  ...["CDS", "EDS", "LDS", "RDS", "SDS"].map(
    (type): Column<ProxyRow> => ({
      id: type,
      header: type,
      align: "right",
      cell: (row) => <TypeCell row={row} type={type} />,
      sortBy: (row) => row.types.find((one) => one.type === type)?.resources ?? null,
    }),
  ),
  {
    id: "ack",
    header: "Last taken",
    cell: (row) => <LastAck row={row} />,
    sortBy: lastAck,
  },
  {
    id: "expiry",
    header: "Certificate ends",
    cell: (row) => (row.certificate ? <RelativeTime at={row.certificate.notAfter} /> : "–"),
    sortBy: (row) => (row.certificate ? Date.parse(row.certificate.notAfter) : null),
  },
  {
    id: "identity",
    header: "Identity",
    cell: (row) => <code className="font-mono text-xs">{row.identity}</code>,
    sortBy: (row) => row.identity,
  },
  { id: "envoy", header: "Envoy", cell: (row) => row.envoyVersion ?? "–", sortBy: (row) => row.envoyVersion },
  {
    id: "connected",
    header: "Connected",
    cell: (row) => <RelativeTime at={row.connectedAt} />,
    sortBy: (row) => Date.parse(row.connectedAt),
  },
];

function LastAck({ row }: { row: ProxyRow }) {
  const at = lastAck(row);
  return at === null ? <span className="text-ink-3">–</span> : <RelativeTime at={at} />;
}

/** Unix milliseconds at which it last took anything. */
function lastAck({ types }: ProxyRow): number | null {
  const times = types.flatMap(({ lastAckAt }) => (lastAckAt === null ? [] : [Date.parse(lastAckAt)]));
  return times.length === 0 ? null : Math.max(...times);
}

function TypeCell({ row, type }: { row: ProxyRow; type: string }) {
  const found = row.types.find((one) => one.type === type);
  if (!found) return <span className="text-ink-3">–</span>;
  const state = found.nack ? "refused" : found.synced ? "in sync" : "not yet taken";
  return (
    <span title={`${found.resources} resources, ${state}`}>
      {found.resources}
      {found.nack || !found.synced ? <span className="text-ink-2"> {state}</span> : null}
    </span>
  );
}

interface ProxyTableProps {
  readonly proxies: readonly ProxyRow[];
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
}

/** Every connected sidecar; those that need a person first. */
export function ProxyTable({ proxies, selected, onOpen }: ProxyTableProps) {
  const sorting = useUrlSort({ column: "sync", descending: true });
  return (
    <Table
      label="Sidecars and their configuration"
      columns={COLUMNS}
      rows={proxies}
      rowKey={(row) => row.id}
      {...sorting}
      selectedKey={selected}
      onOpen={(row) => onOpen(row.id)}
      empty={
        <p className="px-3 py-4 text-ink-3 text-sm">
          No sidecar is connected here. Add a namespace to the mesh and restart its workloads, or widen the filter.
        </p>
      }
    />
  );
}
