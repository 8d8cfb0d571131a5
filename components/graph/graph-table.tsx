"use client";
import { useMemo } from "react";
import { Figure } from "@/components/ui/figure";
import { Segmented } from "@/components/ui/segmented";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import { bytesQuantity, formatNumber, millisecondsQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import { edgeStatus } from "@/lib/picture/status";
import { GraphNodeTable } from "./graph-node-table";
import { StateCell, stateRank } from "./graph-table-cells";
import type { FoundInPicture, Picture, PictureCall, PictureNode } from "./picture";
import { indexOf } from "./picture-index";

interface Row {
  readonly id: string;
  readonly from: PictureNode | undefined;
  readonly to: PictureNode | undefined;
  /** What sorting compares: made once for each row. */
  readonly fromName: string;
  readonly toName: string;
  readonly edge: PictureCall;
}

const name = (node: PictureNode | undefined) => (node ? `${node.namespace}/${node.name}` : "–");

const latency = (percentile: "p50" | "p95" | "p99"): Column<Row> => ({
  id: percentile,
  header: percentile,
  align: "right",
  cell: ({ edge }) => (
    <>
      {/* Of a folded edge a mean: about so. */}
      {edge.parts && edge.latencyMs && <span className="text-ink-3">~</span>}
      <Figure quantity={millisecondsQuantity(edge.latencyMs?.[percentile] ?? null)} />
    </>
  ),
  sortBy: ({ edge }) => edge.latencyMs?.[percentile] ?? null,
});

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "from",
    header: "From",
    cell: ({ from }) => <Name node={from} />,
    sortBy: (row) => row.fromName,
  },
  { id: "to", header: "To", cell: ({ to }) => <Name node={to} />, sortBy: (row) => row.toName },
  {
    id: "state",
    header: "State",
    cell: ({ edge }) => <StateCell status={edgeStatus(edge)} />,
    sortBy: ({ edge }) => stateRank(edgeStatus(edge)),
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
        <Figure
          quantity={{ ...bytesQuantity(edge.bytesPerSecond), unit: `${bytesQuantity(edge.bytesPerSecond).unit}/s` }}
        />
      ) : (
        <Figure quantity={rateQuantity(edge.requestsPerSecond)} />
      ),
    sortBy: ({ edge }) => edge.requestsPerSecond,
  },
  {
    id: "errors",
    header: "Errors",
    align: "right",
    cell: ({ edge }) => <Figure quantity={percentQuantity(edge.errorRatio)} />,
    sortBy: ({ edge }) => edge.errorRatio,
  },
  {
    id: "denied",
    header: "Denied",
    align: "right",
    cell: ({ edge }) => <Figure quantity={rateQuantity(edge.deniedPerSecond)} />,
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
          <Figure quantity={percentQuantity(edge.mtlsRatio)} />
        </span>
      ),
    sortBy: ({ edge }) => edge.mtlsRatio,
  },
  {
    id: "share",
    header: "Split share",
    align: "right",
    cell: ({ edge }) => <Figure quantity={percentQuantity(edge.splitShare)} />,
    sortBy: ({ edge }) => edge.splitShare,
  },
];

/** Only where something is folded. */
const PARTS: Column<Row> = {
  id: "parts",
  header: "Edges",
  align: "right",
  cell: ({ edge }) => formatNumber(edge.parts?.total ?? 1),
  sortBy: ({ edge }) => edge.parts?.total ?? 1,
};

function Name({ node }: { node: PictureNode | undefined }) {
  if (!node) return <>–</>;
  return (
    <>
      <span className="font-medium">{node.name}</span>{" "}
      <span className="text-ink-3 text-xs">{node.folded === null ? node.namespace : "folded"}</span>
    </>
  );
}

interface GraphTableProps {
  picture: Picture;
  found: FoundInPicture | null;
  selected: string | null;
  onSelect: (id: string) => void;
  /** Nodes are listed, not calls. */
  nodes: boolean;
  onNodes: (nodes: boolean) => void;
}

/** The picture's twin: the same calls, or the same nodes, of the same selection, one a row. */
export function GraphTable({ picture, found, selected, onSelect, nodes, onNodes }: GraphTableProps) {
  const rows = useMemo(() => (nodes ? [] : rowsOf(picture, found)), [nodes, picture, found]);
  const columns = useMemo(
    () => (rows.some(({ edge }) => edge.parts !== undefined) ? [...COLUMNS, PARTS] : COLUMNS),
    [rows],
  );
  return (
    <>
      <div className="flex shrink-0 items-center gap-3 border-line border-b px-3 py-1.5">
        <Segmented
          label="Rows"
          options={ROWS}
          value={nodes ? "nodes" : "calls"}
          onChange={(value) => onNodes(value === "nodes")}
        />
      </div>
      {nodes ? (
        <GraphNodeTable picture={picture} found={found} selected={selected} onSelect={onSelect} />
      ) : (
        <Table
          label="Calls between services"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          initialSort={{ column: "state", descending: false }}
          selectedKey={selected}
          onOpen={(row) => onSelect(row.id)}
          empty={<p className="p-6 text-ink-2">No edge fits the search.</p>}
        />
      )}
    </>
  );
}

const ROWS = [
  { value: "calls", label: "Calls" },
  { value: "nodes", label: "Nodes" },
] as const;

function rowsOf(picture: Picture, found: FoundInPicture | null): readonly Row[] {
  const { nodes } = indexOf(picture);
  return picture.edges.flatMap(({ id, from, to, edge }): Row[] => {
    if (edge === null || (found !== null && !found.edges.has(id))) return [];
    const ends = { from: nodes.get(from), to: nodes.get(to) };
    return [{ id, ...ends, fromName: name(ends.from), toName: name(ends.to), edge }];
  });
}
