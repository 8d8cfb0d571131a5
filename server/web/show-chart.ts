import type { Chart, ChartQuery } from "@/lib/contract/charts";
import { webContext } from "./context";

export async function showChart(query: ChartQuery, signal: AbortSignal): Promise<Chart> {
  return webContext().chart(query, signal);
}
