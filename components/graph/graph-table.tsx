"use client";
import { useMemo } from "react";
import { QuantityText } from "@/components/charts/quantity-text";
import { STATUS_TONE, StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import { TONE_TEXT } from "@/components/ui/tone";
import type { TopologyEdge } from "@/lib/contract/topology";
import { bytesQuantity, millisecondsQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import type { FoundInPicture, Picture, PictureNode } from "./picture";
import { edgeStatus, STATUS_WORD } from "./status";

interface Row {
  readonly id: string;
  readonly from: PictureNode | undefined;
  readonly to: PictureNode | undefined;
  readonly edge: TopologyEdge;
}

const name = (node: PictureNode | undefined) => (node ? `${node.namespace}/${node.name}` : "–");

const latency = (percentile: "p50" | "p95" | "p99"): Column<Row> => ({
  id: percentile,
  header: percentile,
  align: "right",
  cell: ({ edge }) => <QuantityText quantity={millisecondsQuantity(edge.latencyMs?.[percentile] ?? null)} />,
  sortBy: ({ edge }) => edge.latencyMs?.[percentile] ?? null,
});

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "from",
    header: "From",
    cell: ({ from }) => <Name node={from} />,
    sortBy: ({ from }) => name(from),
  },
  { id: "to", header: "To", cell: ({ to }) => <Name node={to} />, sortBy: ({ to }) => name(to) },
  {
    id: "state",
    header: "State",
    cell: ({ edge }) => {
      const status = edgeStatus(edge);
      return (
        <span
          className={`flex items-center gap-1.5 ${status === "healthy" ? "text-ink-2" : TONE_TEXT[STATUS_TONE[status]]}`}
        >
          <StatusMark status={status} />
          {STATUS_WORD[status]}
        </span>
      );
    },
    sortBy: ({ edge }) => ["failing", "denied", "degraded", "healthy", "idle"].indexOf(edgeStatus(edge)),
  },
  {
    id: "protocol",
    header: "Protocol",
    cell: ({ edge }) => edge.protocol.toUpperCase(),
    sortBy: ({ edge }) => edge.protocol,
  },
  {
    id: "rate",
    header: "Rate",
    align: "right",
    cell: ({ edge }) =>
      edge.protocol === "tcp" && edge.bytesPerSecond !== null ? (
        <QuantityText
          quantity={{ ...bytesQuantity(edge.bytesPerSecond), unit: `${bytesQuantity(edge.bytesPerSecond).unit}/s` }}
        />
      ) : (
        <QuantityText quantity={rateQuantity(edge.requestsPerSecond)} />
      ),
    sortBy: ({ edge }) => edge.requestsPerSecond,
  },
  {
    id: "errors",
    header: "Errors",
    align: "right",
    cell: ({ edge }) => <QuantityText quantity={percentQuantity(edge.errorRatio)} />,
    sortBy: ({ edge }) => edge.errorRatio,
  },
  {
    id: "denied",
    header: "Denied",
    align: "right",
    cell: ({ edge }) => <QuantityText quantity={rateQuantity(edge.deniedPerSecond)} />,
    sortBy: ({ edge }) => edge.deniedPerSecond,
  },
  latency("p50"),
  latency("p95"),
  latency("p99"),
  {
    id: "encrypted",
    header: "Encrypted",
    cell: ({ edge }) =>
      edge.mtlsRatio === null ? (
        "–"
      ) : (
        <span className="flex items-center gap-1.5">
          <StatusMark status={edge.mtlsRatio === 1 ? "encrypted" : "plaintext"} />
          <QuantityText quantity={percentQuantity(edge.mtlsRatio)} />
        </span>
      ),
    sortBy: ({ edge }) => edge.mtlsRatio,
  },
  {
    id: "share",
    header: "Split share",
    align: "right",
    cell: ({ edge }) => <QuantityText quantity={percentQuantity(edge.splitShare)} />,
    sortBy: ({ edge }) => edge.splitShare,
  },
];

function Name({ node }: { node: PictureNode | undefined }) {
  if (!node) return <>–</>;
  return (
    <>
      <span className="font-medium">{node.name}</span> <span className="text-ink-3 text-xs">{node.namespace}</span>
    </>
  );
}

interface GraphTableProps {
  picture: Picture;
  found: FoundInPicture | null;
  selected: string | null;
  onSelect: (id: string) => void;
}

/** The picture's twin: the same edges of the same selection, one a row. */
export function GraphTable({ picture, found, selected, onSelect }: GraphTableProps) {
  const rows = useMemo(() => {
    const byId = new Map(picture.nodes.map((node) => [node.id, node]));
    return picture.edges.flatMap((item): Row[] => {
      if (item.edge === null || (found !== null && !found.edges.has(item.id))) return [];
      return [{ id: item.id, from: byId.get(item.from), to: byId.get(item.to), edge: item.edge }];
    });
  }, [picture, found]);
  return (
    <Table
      label="Calls between services"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => row.id}
      initialSort={{ column: "state", descending: false }}
      selectedKey={selected}
      onOpen={(row) => onSelect(row.id)}
      empty={<p className="p-6 text-ink-2">No edge fits the search.</p>}
    />
  );
}
