/** What one instant of the mesh is made of: objects, model and figures, each as fresh as its source allows. */
import { AppError } from "@/lib/contract/errors";
import type { Partial, Topology } from "@/lib/contract/topology";
import { type MeshSamples, NO_SAMPLES } from "@/lib/metrics/mesh-queries";
import type { MetricsSource } from "@/lib/metrics/query";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import { buildTopology } from "@/lib/topology/build";
import { directoryOf } from "@/lib/topology/directory";
import type { MeshView } from "./mesh-view";
import { readSamples, type SampleTime } from "./read-samples";

export interface Frame {
  /** Unix milliseconds the figures are for. */
  readonly at: number;
  readonly windowSeconds: number;
  readonly mesh: MeshView;
  readonly samples: MeshSamples;
  /** Whose policy let the calls through. */
  readonly policy: Telemetry["policy"];
  /** When the samples were read; null if they never were. */
  readonly samplesAt: number | null;
  readonly queries: { readonly count: number; readonly ms: number };
  readonly partial: readonly Partial[];
}

export interface FrameSources {
  readonly mesh: () => Promise<MeshView>;
  readonly metrics: MetricsSource;
  /** The dialect of the store. */
  readonly telemetry: () => Promise<Telemetry>;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Samples younger than this are taken again when only objects changed. */
const REUSE_MS = 1_500;
/** Figures older than this say nothing about now and are dropped. */
const KEEP_MS = 10 * 60_000;

/** The frame of now. A source that is away leaves the last good figures and a word about their age. Never rejects for one. */
export async function readFrame(sources: FrameSources, windowSeconds: number, previous: Frame | null): Promise<Frame> {
  const at = sources.now();
  const mesh = await sources.mesh();
  const base = { windowSeconds, mesh };
  if (previous?.samplesAt && at - previous.samplesAt < REUSE_MS) {
    return { ...previous, ...base, partial: [...mesh.partial, ...previous.partial.filter(isMetrics)] };
  }
  try {
    const asked = await askedSamples(sources, mesh, { windowSeconds, at });
    return { ...base, ...asked, at, samplesAt: at, partial: mesh.partial };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const kept = previous?.samplesAt && at - previous.samplesAt < KEEP_MS ? previous : null;
    const partial: Partial = {
      part: "metrics",
      message: error.message,
      hint: error.hint ?? "",
      lastGoodAt: previous?.samplesAt ?? null,
    };
    return {
      ...base,
      at: kept?.at ?? at,
      samples: kept?.samples ?? NO_SAMPLES,
      policy: kept?.policy ?? "smi",
      samplesAt: previous?.samplesAt ?? null,
      queries: { count: Object.keys(NO_SAMPLES).length, ms: sources.now() - at },
      partial: [...mesh.partial, partial],
    };
  }
}

/** The frame of a past instant: today's objects with that instant's figures. Rejects when the metrics are away. */
export async function readPastFrame(sources: FrameSources, windowSeconds: number, at: number): Promise<Frame> {
  const mesh = await sources.mesh();
  const asked = await askedSamples(sources, mesh, { windowSeconds, at });
  return { ...asked, at, windowSeconds, mesh, samplesAt: at, partial: mesh.partial };
}

async function askedSamples(
  sources: FrameSources,
  { objects }: MeshView,
  time: SampleTime,
): Promise<Pick<Frame, "samples" | "queries" | "policy">> {
  const { metrics, now } = sources;
  const started = now();
  const telemetry = await sources.telemetry();
  const { samples, count } = await readSamples({ metrics, telemetry, directory: directoryOf(objects) }, time);
  return { samples, policy: telemetry.policy, queries: { count, ms: now() - started } };
}

function isMetrics(partial: Partial): boolean {
  return partial.part === "metrics";
}

const topologies = new WeakMap<Frame, Topology>();

/** The graph of a frame, built once for everybody. */
export function topologyOf(frame: Frame): Topology {
  const known = topologies.get(frame);
  if (known) return known;
  const { mesh, samples, policy, at, windowSeconds, queries, partial } = frame;
  const { model, objects } = mesh;
  const topology = buildTopology({ model, objects, samples, policy, at, windowSeconds, queries, partial });
  topologies.set(frame, topology);
  return topology;
}
