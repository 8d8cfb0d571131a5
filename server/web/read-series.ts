/** The mesh's queries over a range, in the dialect of its mesh and answered in Meshdeck's labels. */
import type { MeshQueryName } from "@/lib/metrics/mesh-queries";
import type { FrameGrid } from "@/lib/time/frame-grid";
import type { MeshSeries } from "@/lib/topology/frame-rows";
import type { SampleSources } from "./read-samples";

const NO_SERIES: MeshSeries = { requests: [], latency: [], connections: [], denied: [] };

/** One range query each; how many they were. Rejects as the store does. */
export async function readSeries(
  { metrics, telemetry, directory }: SampleSources,
  { range, windowSeconds }: FrameGrid,
): Promise<{ readonly series: MeshSeries; readonly count: number }> {
  const queries = Object.entries(telemetry.meshQueries(windowSeconds));
  const answers = await Promise.all(
    queries.map(async ([name, query]) => {
      const of = name as MeshQueryName;
      return [of, telemetry.relabel(of, await metrics.range(query, range), directory)] as const;
    }),
  );
  return { series: { ...NO_SERIES, ...Object.fromEntries(answers) }, count: queries.length };
}
