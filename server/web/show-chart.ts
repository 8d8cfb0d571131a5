import type { Chart, ChartQuery } from "@/lib/contract/charts";
import { chartOf } from "./charts";
import { webContext } from "./context";

export async function showChart(query: ChartQuery, signal: AbortSignal): Promise<Chart> {
  const { mesh, metrics } = webContext();
  return chartOf(query, { mesh: await mesh(), metrics, now: Date.now }, signal);
}
