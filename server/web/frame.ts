/** What one instant of the mesh is made of: objects, model and figures, each as fresh as its source allows. */
import type { Partial, Topology } from "@/lib/contract/topology";
import { type MeshSamples, NO_SAMPLES } from "@/lib/metrics/mesh-queries";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import { buildTopology, type TopologyInput, topologySteps } from "@/lib/topology/build";
import { inSlices } from "@/server/platform/in-slices";
import { type AskSources, askFigures } from "./ask-figures";
import type { FigureReader } from "./figures";
import type { MeshView } from "./mesh-view";

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
  /** When the percentiles were, which a large mesh reads less often; with the rest when left out. */
  readonly latencyAt?: number | null;
  readonly queries: { readonly count: number; readonly ms: number };
  readonly partial: readonly Partial[];
}

export interface FrameSources {
  readonly mesh: () => Promise<MeshView>;
  readonly figures: Pick<FigureReader, "read">;
  /** Unix milliseconds. */
  readonly now: () => number;
}

export interface PastSources extends AskSources {
  readonly mesh: () => Promise<MeshView>;
}

/** The frame of now. A source that is away or slow leaves the last good figures and a word about their age. */
export async function readFrame({ mesh: read, figures, now }: FrameSources, windowSeconds: number): Promise<Frame> {
  const mesh = await read();
  const { figures: found, partial } = await figures.read(windowSeconds, mesh.objects);
  return {
    at: found?.at ?? now(),
    windowSeconds,
    mesh,
    samples: found?.samples ?? NO_SAMPLES,
    policy: found?.policy ?? "smi",
    samplesAt: found?.at ?? null,
    latencyAt: found?.latencyAt ?? null,
    queries: found?.queries ?? { count: 0, ms: 0 },
    partial: partial === null ? mesh.partial : [...mesh.partial, partial],
  };
}

/** The frame of a past instant: today's objects with that instant's figures. Rejects when the metrics are away. */
export async function readPastFrame(sources: PastSources, windowSeconds: number, at: number): Promise<Frame> {
  const mesh = await sources.mesh();
  const asked = await askFigures(sources, { windowSeconds, objects: mesh.objects, at });
  return { ...asked, at, windowSeconds, mesh, samplesAt: at, partial: mesh.partial };
}

const topologies = new WeakMap<Frame, Topology>();

/** Makes the graph of a frame without keeping others waiting; topologyOf then has it. */
export async function prepareTopology(frame: Frame): Promise<void> {
  if (!topologies.has(frame)) topologies.set(frame, await inSlices(topologySteps(inputOf(frame))));
}

/** The graph of a frame, built once for everybody. */
export function topologyOf(frame: Frame): Topology {
  const topology = topologies.get(frame) ?? buildTopology(inputOf(frame));
  topologies.set(frame, topology);
  return topology;
}

function inputOf({ mesh, samples, policy, at, latencyAt, windowSeconds, queries, partial }: Frame): TopologyInput {
  const { model, objects } = mesh;
  const seenInPart = mesh.limits !== undefined;
  return { model, objects, seenInPart, samples, policy, at, latencyAt, windowSeconds, queries, partial };
}
