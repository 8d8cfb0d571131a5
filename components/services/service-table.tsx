import Link from "next/link";
import { useSharedQuery } from "@/components/shell/scope";
import { Figure } from "@/components/ui/figure";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import { millisecondsQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import type { ServiceRow } from "./service-rows";

const COLUMNS: readonly Column<ServiceRow>[] = [
  { id: "service", header: "Service", cell: (row) => <ServiceLink row={row} />, sortBy: (row) => row.key },
  {
    id: "requests",
    header: "Requests in",
    align: "right",
    cell: (row) => <Figure quantity={rateQuantity(row.requestsPerSecond)} />,
    sortBy: (row) => row.requestsPerSecond,
  },
  {
    id: "success",
    header: "Success",
    align: "right",
    cell: (row) => <Figure quantity={percentQuantity(row.successRatio)} />,
    sortBy: (row) => row.successRatio,
  },
  {
    id: "p99",
    header: "p99, slowest caller",
    align: "right",
    cell: (row) => <Figure quantity={millisecondsQuantity(row.worstP99Ms)} />,
    sortBy: (row) => row.worstP99Ms,
  },
  {
    id: "denied",
    header: "Denied",
    align: "right",
    cell: (row) =>
      row.deniedPerSecond > 0 ? (
        <span className="inline-flex items-center gap-1.5">
          <StatusMark status="denied" />
          <Figure quantity={rateQuantity(row.deniedPerSecond)} />
        </span>
      ) : (
        "0"
      ),
    sortBy: (row) => row.deniedPerSecond,
  },
  {
    id: "out",
    header: "Requests out",
    align: "right",
    cell: (row) => <Figure quantity={rateQuantity(row.outPerSecond)} />,
    sortBy: (row) => row.outPerSecond,
  },
  {
    id: "encrypted",
    header: "Encrypted",
    cell: (row) => <Encrypted row={row} />,
    sortBy: (row) => (row.encrypted === null ? null : Number(row.encrypted)),
  },
  {
    id: "version",
    header: "Version",
    cell: (row) => row.versions.join(", ") || "–",
    sortBy: (row) => row.versions[0] ?? null,
  },
  {
    id: "identities",
    header: "Identities",
    cell: (row) => <code className="font-mono text-xs">{row.identities.join(", ") || "–"}</code>,
  },
  {
    id: "problems",
    header: "Problems",
    align: "right",
    cell: (row) => row.problems,
    sortBy: (row) => row.problems,
  },
];

/** Services with what their callers see; the name opens the service in the graph. */
export function ServiceTable({ rows }: { rows: readonly ServiceRow[] }) {
  return (
    <Table
      label="Services"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => row.id}
      initialSort={{ column: "service", descending: false }}
      empty={<p className="px-3 py-4 text-ink-3 text-sm">No service of this selection.</p>}
    />
  );
}

function ServiceLink({ row }: { row: ServiceRow }) {
  const shared = new URLSearchParams(useSharedQuery());
  shared.set("node", row.id);
  return (
    <Link href={`/graph?${shared}`} className="hover:underline">
      {row.key}
    </Link>
  );
}

function Encrypted({ row }: { row: ServiceRow }) {
  if (!row.meshed) return <span className="text-ink-3">outside the mesh</span>;
  if (row.encrypted === null) return <span className="text-ink-3">no connection yet</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusMark status={row.encrypted ? "encrypted" : "plaintext"} />
      {row.encrypted ? "mutual TLS" : "not all"}
    </span>
  );
}
