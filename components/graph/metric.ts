import type { TopologyEdge } from "@/lib/contract/topology";
import {
  bytesQuantity,
  formatQuantity,
  millisecondsQuantity,
  percentQuantity,
  rateQuantity,
} from "@/lib/format/number";

export const METRICS = [
  { value: "rate", label: "Rate" },
  { value: "errors", label: "Errors" },
  { value: "p50", label: "p50" },
  { value: "p95", label: "p95" },
  { value: "p99", label: "p99" },
  { value: "share", label: "Split share" },
  { value: "none", label: "No label" },
] as const;

export type EdgeMetric = (typeof METRICS)[number]["value"];

/** Reads `?metric=`; rate when it is missing or unknown. */
export function readMetric(text: string | null): EdgeMetric {
  return METRICS.find((each) => each.value === text)?.value ?? "rate";
}

/** What an edge's label says: one figure, and its share when it belongs to a split. "" for nothing to say. */
export function edgeLabel(edge: TopologyEdge, metric: EdgeMetric): string {
  if (metric === "none") return "";
  if (edge.denied) return `${formatQuantity(rateQuantity(edge.deniedPerSecond))} denied`;
  if (edge.requestsPerSecond === 0) return "";
  const share =
    edge.splitShare === null ? "" : formatQuantity(percentQuantity(Math.round(edge.splitShare * 100) / 100));
  if (metric === "share") return share;
  const figure = edgeFigure(edge, metric);
  return share === "" ? figure : `${figure} · ${share}`;
}

function edgeFigure(edge: TopologyEdge, metric: Exclude<EdgeMetric, "none" | "share">): string {
  if (metric === "errors") return formatQuantity(percentQuantity(edge.errorRatio));
  if (metric !== "rate") return formatQuantity(millisecondsQuantity(edge.latencyMs?.[metric] ?? null));
  // Connections of TCP live long: what goes through says more than how many are opened.
  if (edge.protocol === "tcp" && edge.bytesPerSecond !== null)
    return `${formatQuantity(bytesQuantity(edge.bytesPerSecond))}/s`;
  return formatQuantity(rateQuantity(edge.requestsPerSecond));
}
