/** The mesh's queries asked of a store, in the dialect of its mesh and answered in Meshdeck's labels. */
import { type MeshQueryName, type MeshSamples, NO_SAMPLES } from "@/lib/metrics/mesh-queries";
import type { MetricsSource } from "@/lib/metrics/query";
import type { Directory, Telemetry } from "@/lib/metrics/telemetry/telemetry";

export interface SampleSources {
  readonly metrics: MetricsSource;
  readonly telemetry: Telemetry;
  readonly directory: Directory;
}

/** What rates are taken over, and unix milliseconds. */
export interface SampleTime {
  readonly windowSeconds: number;
  readonly at: number;
}

/** One instant query for each that is not `known` already; how many they were. Rejects as the store does. */
export async function readSamples(
  { metrics, telemetry, directory }: SampleSources,
  { windowSeconds, at }: SampleTime,
  known: Partial<MeshSamples> = {},
): Promise<{ readonly samples: MeshSamples; readonly count: number }> {
  const queries = Object.entries(telemetry.meshQueries(windowSeconds)).filter(([name]) => !Object.hasOwn(known, name));
  const answers = await Promise.all(
    queries.map(async ([name, query]) => {
      const of = name as MeshQueryName;
      return [of, telemetry.relabel(of, await metrics.instant(query, at / 1000), directory)] as const;
    }),
  );
  return { samples: { ...NO_SAMPLES, ...known, ...Object.fromEntries(answers) }, count: queries.length };
}
