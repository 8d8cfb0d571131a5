import { StatusMark } from "@/components/ui/status-mark";
import { formatQuantity, rateQuantity } from "@/lib/format/number";
import type { Picture } from "./picture";
import { edgeStatus, nodeStatus } from "./status";

/** Is anything wrong, in one line: how much there is, then only what is not well. */
export function Summary({ picture }: { picture: Picture }) {
  const calls = picture.edges.flatMap((each) => each.edge ?? []);
  const rate = calls.reduce((sum, edge) => sum + edge.requestsPerSecond, 0);
  const denied = calls.filter((edge) => edge.denied).length;
  const plaintext = calls.filter((edge) => edge.mtlsRatio !== null && edge.mtlsRatio < 1).length;
  const unwell = [...picture.nodes.map(nodeStatus), ...calls.map(edgeStatus)];
  const failing = unwell.filter((status) => status === "failing").length;
  const degraded = unwell.filter((status) => status === "degraded").length;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
      <span className="max-sm:hidden">
        {picture.nodes.length} nodes, {formatQuantity(rateQuantity(rate))}
      </span>
      <Count count={failing} status="failing" word="failing" />
      <Count count={degraded} status="degraded" word="degraded" />
      <Count count={denied} status="denied" word="denied" />
      <Count count={plaintext} status="plaintext" word="not encrypted" />
    </span>
  );
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
