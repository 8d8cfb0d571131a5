"use client";
import { useMemo } from "react";
import { Figure } from "@/components/ui/figure";
import { type Column, Table } from "@/components/ui/table";
import { counted } from "@/lib/format/counted";
import { formatNumber, percentQuantity, rateQuantity } from "@/lib/format/number";
import { nodeStatus } from "@/lib/picture/status";
import { StateCell, stateRank } from "./graph-table-cells";
import type { FoundInPicture, Picture, PictureNode } from "./picture";
import { figuresOf } from "./picture-figures";

interface Row {
  readonly item: PictureNode;
  readonly outPerSecond: number;
  readonly deniedPerSecond: number;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "name",
    header: "Node",
    cell: ({ item }) => <span className="font-medium">{item.name}</span>,
    sortBy: ({ item }) => item.name,
  },
  {
    id: "namespace",
    header: "Namespace",
    cell: ({ item }) => item.namespace || "–",
    sortBy: ({ item }) => item.namespace,
  },
  {
    id: "state",
    header: "State",
    cell: ({ item }) => <StateCell status={nodeStatus(item)} />,
    sortBy: ({ item }) => stateRank(nodeStatus(item)),
  },
  { id: "what", header: "What", cell: ({ item }) => whatOf(item), sortBy: ({ item }) => whatOf(item) },
  {
    id: "in",
    header: "Receives",
    align: "right",
    cell: ({ item }) => <Figure quantity={rateQuantity(item.node.inPerSecond)} />,
    sortBy: ({ item }) => item.node.inPerSecond,
  },
  {
    id: "errors",
    header: "Errors",
    align: "right",
    cell: ({ item }) => <Figure quantity={percentQuantity(item.node.errorRatio)} />,
    sortBy: ({ item }) => item.node.errorRatio,
  },
  {
    id: "denied",
    header: "Denied",
    align: "right",
    cell: ({ deniedPerSecond }) => <Figure quantity={rateQuantity(deniedPerSecond)} />,
    sortBy: ({ deniedPerSecond }) => deniedPerSecond,
  },
  {
    id: "out",
    header: "Sends",
    align: "right",
    cell: ({ outPerSecond }) => <Figure quantity={rateQuantity(outPerSecond)} />,
    sortBy: ({ outPerSecond }) => outPerSecond,
  },
  {
    id: "pods",
    header: "Pods",
    align: "right",
    cell: ({ item: { pods } }) => (pods === null ? "–" : `${pods.ready}/${pods.total}`),
    sortBy: ({ item }) => item.pods?.total ?? null,
  },
  {
    id: "problems",
    header: "Problems",
    align: "right",
    cell: ({ item }) => formatNumber(item.node.problems),
    sortBy: ({ item }) => item.node.problems,
  },
];

function whatOf({ folded, workload, node, version }: PictureNode): string {
  if (folded !== null) return `${counted(folded.services, "service")}, ${counted(folded.workloads, "workload")}`;
  const kind = workload === null ? node.kind : `service, ${workload.kind}`;
  return version === null ? kind : `${kind} ${version}`;
}

interface GraphNodeTableProps {
  picture: Picture;
  found: FoundInPicture | null;
  selected: string | null;
  onSelect: (id: string) => void;
}

/** Nodes of the picture, folded ones with what they stand for. */
export function GraphNodeTable({ picture, found, selected, onSelect }: GraphNodeTableProps) {
  const rows = useMemo(() => {
    const figures = figuresOf(picture).nodes;
    return picture.nodes.flatMap((item, index): Row[] => {
      if (found !== null && !found.nodes.has(item.id)) return [];
      return [
        {
          item,
          outPerSecond: figures.outPerSecond[index] ?? 0,
          deniedPerSecond: figures.deniedPerSecond[index] ?? 0,
        },
      ];
    });
  }, [picture, found]);
  return (
    <Table
      label="Services, workloads and folded groups"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ item }) => item.id}
      initialSort={{ column: "state", descending: false }}
      selectedKey={selected}
      onOpen={({ item }) => onSelect(item.id)}
      empty={<p className="p-6 text-ink-2">No node fits the search.</p>}
    />
  );
}
