import { useUrlSort } from "@/components/shell/url-sort";
import { Figure } from "@/components/ui/figure";
import { NoCalls } from "@/components/ui/measured";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { SecurityEdge } from "@/lib/contract/security";
import { percentQuantity, rateQuantity } from "@/lib/format/number";
import { shortNode } from "./short-node";

const COLUMNS: readonly Column<SecurityEdge>[] = [
  { id: "edge", header: "Caller", cell: (edge) => shortNode(edge.source), sortBy: (edge) => edge.id },
  { id: "target", header: "Called", cell: (edge) => shortNode(edge.target), sortBy: (edge) => edge.target },
  { id: "encrypted", header: "Encrypted", cell: (edge) => <Encrypted edge={edge} />, sortBy: (edge) => edge.mtlsRatio },
  { id: "protocol", header: "Protocol", cell: (edge) => edge.protocol, sortBy: (edge) => edge.protocol },
  {
    id: "rate",
    header: "Calls",
    align: "right",
    cell: (edge) => <Figure quantity={rateQuantity(edge.requestsPerSecond)} />,
    sortBy: (edge) => edge.requestsPerSecond,
  },
  {
    id: "denied",
    header: "Denied",
    align: "right",
    cell: (edge) => (edge.deniedPerSecond > 0 ? <Figure quantity={rateQuantity(edge.deniedPerSecond)} /> : "0"),
    sortBy: (edge) => edge.deniedPerSecond,
  },
  {
    id: "from",
    header: "Caller's identity",
    cell: (edge) => <code className="font-mono text-xs">{edge.sourceIdentities.join(", ") || "–"}</code>,
  },
  {
    id: "to",
    header: "Answered by",
    cell: (edge) => <code className="font-mono text-xs">{edge.targetIdentities.join(", ") || "–"}</code>,
  },
];

/** Every edge of the window: encrypted or not, and between which identities. */
export function EdgeTable({ edges }: { edges: readonly SecurityEdge[] }) {
  const sorting = useUrlSort({ column: "encrypted", descending: false });
  return (
    <Table
      label="Calls and their encryption"
      columns={COLUMNS}
      rows={edges}
      rowKey={(edge) => edge.id}
      {...sorting}
      empty={<NoCalls />}
    />
  );
}

function Encrypted({ edge }: { edge: SecurityEdge }) {
  if (edge.mtlsRatio === null) return <span className="text-ink-3">no connection yet</span>;
  if (edge.mtlsRatio === 1) {
    return (
      <span className="inline-flex items-center gap-1.5">
        <StatusMark status="encrypted" /> mutual TLS
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusMark status="plaintext" /> <Figure quantity={percentQuantity(edge.mtlsRatio)} /> of connections
    </span>
  );
}
