import Link from "next/link";
import { pagePath } from "@/components/services/subject-path";
import { usePageLink } from "@/components/shell/page-link";
import { Figure } from "@/components/ui/figure";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { Overview, OverviewService } from "@/lib/contract/overview";
import { formatQuantity, millisecondsQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import { Panel } from "./panel";
import { Why } from "./why";

const MOST_SHOWN = 6;

const COLUMNS: readonly Column<OverviewService>[] = [
  { id: "service", header: "Service", cell: (row) => <ServiceLink service={row} /> },
  {
    id: "why",
    header: "Why",
    cell: (row) => <Why reasons={row.reasons.length === 0 ? refusals(row) : row.reasons} />,
  },
  {
    id: "requests",
    header: "Calls",
    align: "right",
    cell: (row) => <Figure quantity={rateQuantity(row.requestsPerSecond)} />,
  },
  {
    id: "success",
    header: "Success",
    align: "right",
    cell: (row) => <Figure quantity={percentQuantity(row.errorRatio === null ? null : 1 - row.errorRatio)} />,
  },
  {
    id: "p99",
    header: "p99",
    align: "right",
    cell: (row) => <Figure quantity={millisecondsQuantity(row.p99Ms)} />,
  },
  {
    id: "denied",
    header: "Denied",
    align: "right",
    cell: (row) => <Figure quantity={rateQuantity(row.deniedPerSecond)} />,
  },
];

/** Policy at work makes no service unwell, but it is no silence either. */
function refusals({ deniedPerSecond }: OverviewService): readonly string[] {
  return deniedPerSecond > 0 ? [`refuses ${formatQuantity(rateQuantity(deniedPerSecond))}`] : [];
}

/** The services that impair most calls, the worst first. */
export function WorstServices({ overview: { services, verdict } }: { overview: Overview }) {
  const link = usePageLink();
  return (
    <Panel
      title={verdict.needAttention > 0 ? "Worst services" : "Services"}
      more={{ href: link("/services"), label: `All ${verdict.services}` }}
    >
      <Table label="Worst services" columns={COLUMNS} rows={services.slice(0, MOST_SHOWN)} rowKey={(row) => row.id} />
    </Panel>
  );
}

function ServiceLink({ service: { id, namespace, name, status } }: { service: OverviewService }) {
  const link = usePageLink();
  return (
    <span className="flex items-center gap-1.5">
      {status === "healthy" ? <span className="w-3.5" /> : <StatusMark status={status} label={status} />}
      <Link href={link(pagePath(id))} className="truncate text-accent hover:underline" title={`${namespace}/${name}`}>
        {name}
      </Link>
    </span>
  );
}
