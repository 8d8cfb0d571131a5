import { useMeasured } from "@/components/ui/measured";
import { StatusMark } from "@/components/ui/status-mark";
import { counted } from "@/lib/format/counted";
import { formatQuantity, rateQuantity } from "@/lib/format/number";
import { edgeStatus, nodeStatus } from "@/lib/picture/status";
import type { Picture, PictureCall, PictureNode } from "./picture";

/** Is anything wrong, in one line: how much there is, then only what is not well. What is folded counts as what it is made of. */
export function Summary({ picture }: { picture: Picture }) {
  const measured = useMeasured();
  const { nodes, groups, rate, failing, degraded, denied, plaintext } = countsOf(picture);
  return (
    <span className="flex items-center gap-x-3">
      <span>
        {groups > 0 && `${groups} folded, `}
        {(nodes > 0 || groups === 0) && `${counted(nodes, "node")}, `}
        {measured ? formatQuantity(rateQuantity(rate)) : "calls not measured"}
      </span>
      <Count count={failing} status="failing" word="failing" />
      <Count count={degraded} status="degraded" word="degraded" />
      <Count count={denied} status="denied" word="denied" />
      <Count count={plaintext} status="plaintext" word="not encrypted" />
    </span>
  );
}

function countsOf({ nodes, edges }: Picture) {
  const counts = { nodes: 0, groups: 0, rate: 0, failing: 0, degraded: 0, denied: 0, plaintext: 0 };
  for (const node of nodes) countNode(counts, node);
  for (const { edge } of edges) if (edge !== null) countCall(counts, edge);
  return counts;
}

type Counts = ReturnType<typeof countsOf>;

function countNode(counts: Counts, node: PictureNode): void {
  const { folded } = node;
  if (folded === null) {
    const status = nodeStatus(node);
    counts.nodes += 1;
    if (status === "failing" || status === "degraded") counts[status] += 1;
    return;
  }
  counts.groups += 1;
  counts.rate += folded.insidePerSecond;
  counts.failing += folded.failing + folded.inside.failing;
  counts.degraded += folded.degraded + folded.inside.degraded;
  counts.denied += folded.inside.denied;
  counts.plaintext += folded.inside.plaintext;
}

function countCall(counts: Counts, edge: PictureCall): void {
  counts.rate += edge.requestsPerSecond;
  const { parts } = edge;
  if (parts !== undefined) {
    counts.failing += parts.failing;
    counts.degraded += parts.degraded;
    counts.denied += parts.denied;
    counts.plaintext += parts.plaintext;
    return;
  }
  const status = edgeStatus(edge);
  if (status === "failing" || status === "degraded" || status === "denied") counts[status] += 1;
  if (edge.mtlsRatio !== null && edge.mtlsRatio < 1) counts.plaintext += 1;
}

function Count({
  count,
  status,
  word,
}: {
  count: number;
  status: Parameters<typeof StatusMark>[0]["status"];
  word: string;
}) {
  if (count === 0) return null;
  return (
    <span className="flex items-center gap-1 whitespace-nowrap text-ink-2">
      <StatusMark status={status} />
      {count} {word}
    </span>
  );
}
