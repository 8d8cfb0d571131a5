"use client";
import { Figure } from "@/components/ui/figure";
import { InspectorSection } from "@/components/ui/inspector";
import { StatusMark } from "@/components/ui/status-mark";
import { STATUS_WORD } from "@/components/ui/status-word";
import type { Topology, TopologyEdge } from "@/lib/contract/topology";
import { counted } from "@/lib/format/counted";
import { millisecondsQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";
import { edgeStatus } from "@/lib/picture/status";
import type { PictureCall, PictureEdge } from "../picture";
import { speakEdge } from "../speak";
import { EdgeList } from "./edge-list";
import { Facts, Headline } from "./facts";

interface FoldedEdgeDetailsProps {
  item: PictureEdge;
  edge: PictureCall;
  topology: Topology;
  /** What a node is called, drawn or folded. */
  named: (id: string) => string;
  onSelect: (id: string) => void;
}

/** Many edges drawn as one: their sums, what of them is not well, and each of them by rate. */
export function FoldedEdgeDetails({ item, edge, topology, named, onSelect }: FoldedEdgeDetailsProps) {
  const calls = new Set(item.calls);
  const members = topology.edges.filter((each) => calls.has(each.id)).sort(worstFirst);
  const parts = edge.parts;
  const slowest = members.find((each) => each.id === parts?.slowest);
  const status = edgeStatus(edge);
  return (
    <>
      <p className="flex items-start gap-2 border-line border-b px-4 py-2.5 text-sm">
        <span className="mt-0.75">
          <StatusMark status={status} label={STATUS_WORD[status]} />
        </span>
        {speakEdge(named(item.from), named(item.to), item)}.
      </p>
      <Headline
        facts={[
          {
            name: edge.protocol === "tcp" ? "Connections" : "Rate",
            value: <Figure quantity={rateQuantity(edge.requestsPerSecond)} />,
          },
          { name: "Errors", value: <Figure quantity={percentQuantity(edge.errorRatio)} /> },
          { name: "Denied", value: <Figure quantity={rateQuantity(edge.deniedPerSecond)} /> },
          { name: "Encrypted", value: <Figure quantity={percentQuantity(edge.mtlsRatio)} /> },
        ]}
      />
      {edge.latencyMs !== null && (
        <InspectorSection title="Latency, approximate">
          <Facts
            facts={(["p50", "p95", "p99"] as const).map((percentile) => ({
              name: percentile,
              value: <Figure quantity={millisecondsQuantity(edge.latencyMs?.[percentile] ?? null)} />,
            }))}
          />
          <p className="mt-2 text-ink-3 text-xs">
            The mean of the edges’ own percentiles, weighted by rate: percentiles cannot be added up.
          </p>
          {slowest && parts && (
            <p className="mt-2 text-sm">
              Slowest:{" "}
              <button
                type="button"
                onClick={() => onSelect(slowest.id)}
                className="text-left text-accent underline underline-offset-2"
              >
                {between(slowest, named)}
              </button>
              , p99 <Figure quantity={millisecondsQuantity(parts.slowestP99Ms)} />
            </p>
          )}
        </InspectorSection>
      )}
      <EdgeList
        title={`Sums ${counted(members.length, "edge")}`}
        edges={members.map((each) => ({ id: each.id, edge: each, name: between(each, named), note: "" }))}
        onSelect={onSelect}
      />
    </>
  );
}

function between({ source, target }: TopologyEdge, named: (id: string) => string): string {
  return `${named(source)} → ${named(target)}`;
}

/** What is not well, then the busiest. */
function worstFirst(a: TopologyEdge, b: TopologyEdge): number {
  const order = ["failing", "denied", "degraded", "healthy", "idle"];
  const rank = (edge: TopologyEdge) => order.indexOf(edgeStatus(edge));
  return rank(a) - rank(b) || b.requestsPerSecond - a.requestsPerSecond || (a.id < b.id ? -1 : 1);
}
