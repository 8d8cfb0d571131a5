import type { Chart, ChartQuery } from "@/lib/contract/charts";
import { chartOf } from "./charts";
import { webContext } from "./context";

export async function showChart(query: ChartQuery, signal: AbortSignal): Promise<Chart> {
  const { mesh, metrics, telemetry } = webContext();
  return chartOf(query, { mesh: await mesh(), metrics, telemetry: await telemetry(), now: Date.now }, signal);
}
