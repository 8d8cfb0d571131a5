/** The one figure an edge's label says. */
import {
  bytesQuantity,
  formatQuantity,
  millisecondsQuantity,
  percentQuantity,
  type Quantity,
  rateQuantity,
} from "@/lib/format/number";
import type { DrawnCall } from "./picture";

export const METRICS = [
  { value: "rate", label: "Rate" },
  { value: "errors", label: "Errors" },
  { value: "p50", label: "p50" },
  { value: "p95", label: "p95" },
  { value: "p99", label: "p99" },
  { value: "share", label: "Split share" },
  { value: "bytes", label: "Bytes" },
  { value: "denied", label: "Denied" },
  { value: "mtls", label: "Encrypted" },
  { value: "none", label: "No label" },
] as const;

export type EdgeMetric = (typeof METRICS)[number]["value"];

/** Reads `?metric=`; rate when it is missing or unknown. */
export function readMetric(text: string | null): EdgeMetric {
  return METRICS.find((each) => each.value === text)?.value ?? "rate";
}

/** What an edge's label says: one figure, and its share when it belongs to a split. "" for nothing to say. */
export function edgeLabel(edge: DrawnCall, metric: EdgeMetric): string {
  if (metric === "none") return "";
  if (metric === "denied") return edge.deniedPerSecond > 0 ? formatQuantity(rateQuantity(edge.deniedPerSecond)) : "";
  if (edge.denied) return `${formatQuantity(rateQuantity(edge.deniedPerSecond))} denied`;
  if (edge.requestsPerSecond === 0) return "";
  const share =
    edge.splitShare === null ? "" : formatQuantity(percentQuantity(Math.round(edge.splitShare * 100) / 100));
  if (metric === "share") return share;
  const figure = formatQuantity(edgeFigure(edge, metric));
  return share === "" ? figure : `${figure} · ${share}`;
}

function edgeFigure(edge: DrawnCall, metric: Exclude<EdgeMetric, "none" | "share" | "denied">): Quantity {
  if (metric === "errors") return percentQuantity(edge.errorRatio);
  if (metric === "mtls") return percentQuantity(edge.mtlsRatio);
  if (metric === "bytes") return perSecond(edge.bytesPerSecond);
  if (metric !== "rate") return latency(edge, metric);
  // Connections of TCP live long: what goes through says more than how many are opened.
  if (edge.protocol === "tcp" && edge.bytesPerSecond !== null) return perSecond(edge.bytesPerSecond);
  return rateQuantity(edge.requestsPerSecond);
}

function perSecond(bytes: number | null): Quantity {
  const { value, unit } = bytesQuantity(bytes);
  return { value, unit: unit === "" ? "" : `${unit}/s` };
}

/** Of a folded edge a mean of its parts' percentiles: about so. */
function latency(edge: DrawnCall, percentile: "p50" | "p95" | "p99"): Quantity {
  const { value, unit } = millisecondsQuantity(edge.latencyMs?.[percentile] ?? null);
  return { value: edge.parts && unit !== "" ? `~${value}` : value, unit };
}
