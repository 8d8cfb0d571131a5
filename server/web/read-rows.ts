/** The mesh's queries over a range, in the dialect of its mesh, added up as their answers come in. */
import { AppError } from "@/lib/contract/errors";
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

export interface RowsRead {
  readonly rows: FrameRows;
  /** How many queries it took. */
  readonly count: number;
  /** The buckets took the store longer than it is given: there are no percentiles. They are most of what is asked for. */
  readonly withoutLatency: boolean;
}

/** One range query each. Rejects as the store does. */
export async function readRows(
  { metrics, telemetry, directory, protocolOf }: RowSources,
  { range, windowSeconds }: FrameGrid,
): Promise<RowsRead> {
  const rows = new FrameRows(range, protocolOf);
  const queries = Object.entries(telemetry.meshQueries(windowSeconds)) as [MeshQueryName, StoreQuery][];
  const read = ([name, query]: [MeshQueryName, StoreQuery]) =>
    metrics.scan(query, range, (series) => rows.add(name, telemetry.relabel(name, series, directory)));
  // Requests have to be there before the others: they tell HTTP from TCP.
  await Promise.all(queries.filter(([name]) => name === "requests").map(read));
  let withoutLatency = false;
  const others = queries
    .filter(([name]) => name !== "requests")
    .map(async (query) => {
      try {
        await read(query);
      } catch (error) {
        if (query[0] !== "latency" || !tookTooLong(error)) throw error;
        withoutLatency = true;
      }
    });
  await Promise.all(others);
  if (withoutLatency) rows.forgetLatency();
  return { rows, count: queries.length, withoutLatency };
}

function tookTooLong(error: unknown): boolean {
  return error instanceof AppError && error.code === "upstream_timeout";
}
