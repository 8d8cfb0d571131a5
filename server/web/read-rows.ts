/** The mesh's queries over a range, in the dialect of its mesh, added up as their answers come in. */
import type { MeshQueryName } from "@/lib/metrics/mesh-queries";
import type { StoreQuery } from "@/lib/metrics/query";
import type { ScannedSource } from "@/lib/metrics/scan";
import type { FrameGrid } from "@/lib/time/frame-grid";
import { FrameRows } from "@/lib/topology/frame-rows";
import type { ProtocolOf } from "@/lib/topology/row-places";
import type { SampleSources } from "./read-samples";

export interface RowSources extends SampleSources {
  readonly metrics: ScannedSource;
  readonly protocolOf: ProtocolOf;
}

/** One range query each; how many they were. Rejects as the store does. */
export async function readRows(
  { metrics, telemetry, directory, protocolOf }: RowSources,
  { range, windowSeconds }: FrameGrid,
): Promise<{ readonly rows: FrameRows; readonly count: number }> {
  const rows = new FrameRows(range, protocolOf);
  const queries = Object.entries(telemetry.meshQueries(windowSeconds)) as [MeshQueryName, StoreQuery][];
  const read = ([name, query]: [MeshQueryName, StoreQuery]) =>
    metrics.scan(query, range, (series) => rows.add(name, telemetry.relabel(name, series, directory)));
  // Requests have to be there before the others: they tell HTTP from TCP.
  await Promise.all(queries.filter(([name]) => name === "requests").map(read));
  await Promise.all(queries.filter(([name]) => name !== "requests").map(read));
  return { rows, count: queries.length };
}
