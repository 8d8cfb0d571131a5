import Link from "next/link";
import { usePageLink } from "@/components/shell/page-link";
import { Figure } from "@/components/ui/figure";
import { NoCalls } from "@/components/ui/measured";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { OverviewEdge } from "@/lib/contract/overview";
import { millisecondsQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import { edgeName } from "./edge-name";
import { Panel } from "./panel";
import { Why } from "./why";

const MOST_SHOWN = 6;

const COLUMNS: readonly Column<OverviewEdge>[] = [
  { id: "call", header: "Call", cell: (row) => <EdgeLink edge={row} /> },
  {
    id: "why",
    header: "Why",
    cell: (row) => <Why reasons={row.reasons} />,
  },
  {
    id: "requests",
    header: "Calls",
    align: "right",
    cell: (row) => <Figure quantity={rateQuantity(row.requestsPerSecond)} />,
  },
  {
    id: "errors",
    header: "Failed",
    align: "right",
    cell: (row) => <Figure quantity={percentQuantity(row.errorRatio)} />,
  },
  {
    id: "p99",
    header: "p99",
    align: "right",
    cell: (row) => <Figure quantity={millisecondsQuantity(row.p99Ms)} />,
  },
  {
    id: "usual",
    header: "Past hour",
    align: "right",
    cell: (row) => <Figure quantity={millisecondsQuantity(row.usualP99Ms)} />,
  },
];

/** Who calls whom with the most impaired calls, the worst first. */
export function WorstEdges({ edges }: { edges: readonly OverviewEdge[] }) {
  const link = usePageLink();
  const unwell = edges.some(({ status }) => status !== "healthy");
  return (
    <Panel
      title={unwell ? "Worst calls" : "Calls"}
      more={{ href: link("/graph", { view: "table" }), label: "All calls" }}
    >
      <Table
        label="Worst calls"
        columns={COLUMNS}
        rows={edges.slice(0, MOST_SHOWN)}
        rowKey={(row) => row.id}
        empty={<NoCalls />}
      />
    </Panel>
  );
}

function EdgeLink({ edge }: { edge: OverviewEdge }) {
  const link = usePageLink();
  return (
    <span className="flex items-center gap-1.5">
      {edge.status === "healthy" ? <span className="w-3.5" /> : <StatusMark status={edge.status} label={edge.status} />}
      <Link href={link("/graph", { edge: edge.id })} className="truncate text-accent hover:underline" title={edge.id}>
        {edgeName(edge)}
      </Link>
    </span>
  );
}
