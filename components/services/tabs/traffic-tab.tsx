"use client";
import Link from "next/link";
import { useSharedQuery } from "@/components/shell/scope";
import { Figure } from "@/components/ui/figure";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { ServiceDetail } from "@/lib/contract/services";
import type { TopologyEdge } from "@/lib/contract/topology";
import { millisecondsQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import { pagePath, shortName, withParameters } from "../subject-path";
import { Framed, Nothing, Section } from "./section";

/** Who calls it and whom its workloads call, each with a link to that page and to the edge. */
export function TrafficTab({ detail }: { detail: ServiceDetail }) {
  return (
    <>
      <Section title="Callers" note="who calls it">
        <EdgeRows edges={detail.callers} end="source" empty="Nobody called it, and no policy lets anybody." />
      </Section>
      <Section title="Callees" note="whom its workloads call">
        <EdgeRows edges={detail.callees} end="target" empty="Its workloads called nobody, and no policy lets them." />
      </Section>
    </>
  );
}

interface EdgeRowsProps {
  edges: readonly TopologyEdge[];
  /** The end that is not this page's. */
  end: "source" | "target";
  empty: string;
}

function EdgeRows({ edges, end, empty }: EdgeRowsProps) {
  const query = useSharedQuery();
  if (edges.length === 0) return <Nothing>{empty}</Nothing>;
  const own = end === "source" ? "target" : "source";
  const columns: readonly Column<TopologyEdge>[] = [
    {
      id: "other",
      header: end === "source" ? "Caller" : "Callee",
      cell: (edge) => (
        <Link href={pagePath(edge[end], query)} className="hover:underline">
          {shortName(edge[end])}
        </Link>
      ),
      sortBy: (edge) => edge[end],
    },
    {
      id: "own",
      header: end === "source" ? "Calls" : "From",
      cell: (edge) => shortName(edge[own]),
      sortBy: (edge) => edge[own],
    },
    {
      id: "rate",
      header: "Rate",
      align: "right",
      cell: (edge) => <Figure quantity={rateQuantity(edge.requestsPerSecond)} />,
      sortBy: (edge) => edge.requestsPerSecond,
    },
    {
      id: "success",
      header: "Success",
      align: "right",
      cell: ({ errorRatio }) => <Figure quantity={percentQuantity(errorRatio === null ? null : 1 - errorRatio)} />,
      sortBy: ({ errorRatio }) => (errorRatio === null ? null : 1 - errorRatio),
    },
    {
      id: "p99",
      header: "p99",
      align: "right",
      cell: ({ latencyMs }) => <Figure quantity={millisecondsQuantity(latencyMs?.p99 ?? null)} />,
      sortBy: ({ latencyMs }) => latencyMs?.p99 ?? null,
    },
    {
      id: "denied",
      header: "Refused",
      align: "right",
      cell: ({ deniedPerSecond }) => (
        <span className="inline-flex items-center gap-1.5">
          {deniedPerSecond > 0 && <StatusMark status="denied" />}
          <Figure quantity={rateQuantity(deniedPerSecond)} />
        </span>
      ),
      sortBy: (edge) => edge.deniedPerSecond,
    },
    { id: "mtls", header: "Encrypted", cell: Encrypted },
    {
      id: "allowed",
      header: "Policy",
      cell: (edge) => edge.policies.join(", ") || (edge.allowed ? "none is asked" : "none lets it"),
    },
    {
      id: "edge",
      header: "Graph",
      cell: (edge) => (
        <Link
          href={`/graph${withParameters(query, { edge: edge.id })}`}
          aria-label={`Edge from ${shortName(edge.source)} to ${shortName(edge.target)} in the graph`}
          className="text-accent hover:underline"
        >
          edge
        </Link>
      ),
    },
  ];
  return (
    <Framed>
      <Table
        label={end === "source" ? "Callers" : "Callees"}
        columns={columns}
        rows={edges}
        rowKey={(edge) => edge.id}
        initialSort={{ column: "rate", descending: true }}
      />
    </Framed>
  );
}

function Encrypted({ mtlsRatio }: TopologyEdge) {
  if (mtlsRatio === null) return <span className="text-ink-3">no connection yet</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusMark status={mtlsRatio === 1 ? "encrypted" : "plaintext"} />
      {mtlsRatio === 1 ? "mutual TLS" : "not all"}
    </span>
  );
}
