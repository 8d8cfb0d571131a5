import Link from "next/link";
import { useMemo } from "react";
import { useSharedQuery } from "@/components/shell/scope";
import { Figure } from "@/components/ui/figure";
import { useMeasured } from "@/components/ui/measured";
import { Sparkline } from "@/components/ui/sparkline";
import { StateWord } from "@/components/ui/state-word";
import { type Status, StatusMark } from "@/components/ui/status-mark";
import { type Column, type Sort, Table } from "@/components/ui/table";
import type { ServiceTrends } from "@/lib/contract/services";
import { formatQuantity, millisecondsQuantity, percentQuantity, rateQuantity, UNKNOWN } from "@/lib/format/number";
import type { ServiceRow } from "./service-rows";
import { pagePath } from "./subject-path";

/** What needs a person first. */
const RANK: Readonly<Record<Status, number>> = {
  failing: 5,
  denied: 4,
  degraded: 3,
  plaintext: 2,
  healthy: 1,
  encrypted: 1,
  idle: 0,
};

export const SERVICE_COLUMNS: readonly Column<ServiceRow>[] = [
  { id: "service", header: "Service", cell: (row) => <ServiceLink row={row} />, sortBy: (row) => row.key },
  {
    id: "state",
    header: "State",
    cell: ({ status }) => (
      <span className="inline-flex items-center gap-1.5">
        <StatusMark status={status} /> <StateWord status={status} />
      </span>
    ),
    sortBy: ({ status }) => RANK[status],
  },
  {
    id: "requests",
    header: "Calls in",
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
        <Figure quantity={{ value: "0", unit: "" }} />
      ),
    sortBy: (row) => row.deniedPerSecond,
  },
  {
    id: "out",
    header: "Calls out",
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

interface ServiceTableProps {
  /** In the order they are shown. */
  rows: readonly ServiceRow[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** By service key; null while they are not known. */
  trends: ServiceTrends | null;
  onOpen: (row: ServiceRow) => void;
}

/** Services with what their callers see; the name, Enter or a click opens the service's page. */
export function ServiceTable({ rows, sort, onSort, trends, onOpen }: ServiceTableProps) {
  const columns = useMemo(() => {
    const trend: Column<ServiceRow> = {
      id: "trend",
      header: "15 min",
      cell: (row) => <Trend row={row} values={trends && trendOf(row, trends)} />,
    };
    return [...SERVICE_COLUMNS.slice(0, 3), trend, ...SERVICE_COLUMNS.slice(3)];
  }, [trends]);
  return (
    <Table
      label="Services"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      sort={sort}
      onSort={onSort}
      onOpen={onOpen}
      empty={<p className="px-3 py-4 text-ink-3 text-sm">No service of this selection.</p>}
    />
  );
}

/** null: nothing was measured. */
function trendOf({ key, answeredBy }: ServiceRow, { services }: ServiceTrends): readonly (number | null)[] | null {
  const lines = (answeredBy.length > 0 ? answeredBy : [key]).flatMap((one) => {
    const line = services[one];
    return line ? [line] : [];
  });
  const [first] = lines;
  if (!first) return null;
  return first.map((_, index) => {
    const values = lines.flatMap((line) => line[index] ?? []);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
  });
}

function Trend({ row, values }: { row: ServiceRow; values: readonly (number | null)[] | null }) {
  if (values === null) return <span className="text-ink-3">–</span>;
  return (
    <Sparkline
      values={values}
      label={`Requests to ${row.key}, ${formatQuantity(rateQuantity(row.requestsPerSecond))}`}
    />
  );
}

function ServiceLink({ row }: { row: ServiceRow }) {
  return (
    <Link
      href={pagePath(row.id, useSharedQuery())}
      tabIndex={-1}
      className="hover:underline"
      onClick={(event) => event.stopPropagation()}
    >
      {row.key}
    </Link>
  );
}

function Encrypted({ row }: { row: ServiceRow }) {
  const measured = useMeasured();
  if (!row.meshed) return <span className="text-ink-3">outside the mesh</span>;
  if (row.encrypted === null) return <span className="text-ink-3">{measured ? "no connection yet" : UNKNOWN}</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusMark status={row.encrypted ? "encrypted" : "plaintext"} />
      {row.encrypted ? "mutual TLS" : "not all"}
    </span>
  );
}
