/** A round of the mesh's questions to the store. */
import type { MeshObjects } from "@/lib/mesh/input";
import type { MetricsSource } from "@/lib/metrics/query";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import { directoryOf } from "@/lib/topology/directory";
import type { Figures } from "./figures";
import { readSamples } from "./read-samples";

export interface AskSources {
  readonly metrics: MetricsSource;
  /** The dialect of the store. */
  readonly telemetry: () => Promise<Telemetry>;
  /** Unix milliseconds. */
  readonly now: () => number;
}

export interface Question {
  readonly windowSeconds: number;
  readonly objects: MeshObjects;
  /** Unix milliseconds. */
  readonly at: number;
  /** What was answered last. */
  readonly before?: Figures | null;
}

/** Percentiles of a mesh with so many bucket rows cost the store most of a round, and change slowly. */
const MANY_ROWS = 20_000;
const LATENCY_MS = 10_000;

/** Rejects as the store does. Percentiles of a large mesh are taken from `before` while they are young. */
export async function askFigures(
  { metrics, telemetry: choose, now }: AskSources,
  { windowSeconds, objects, at, before = null }: Question,
): Promise<Figures> {
  const started = now();
  const telemetry = await choose();
  const young = before !== null && before.samples.latency.length >= MANY_ROWS && at - before.latencyAt < LATENCY_MS;
  const sources = { metrics, telemetry, directory: directoryOf(objects) };
  const known = young ? { latency: before.samples.latency } : {};
  const { samples, count } = await readSamples(sources, { windowSeconds, at }, known);
  return {
    samples,
    at,
    latencyAt: young ? before.latencyAt : at,
    policy: telemetry.policy,
    queries: { count, ms: now() - started },
  };
}
