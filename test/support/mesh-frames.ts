/** Frames of a small mesh without objects, made of what a store held at each moment. */
import type { Frames } from "@/lib/contract/frames";
import { EMPTY_OBJECTS } from "@/lib/mesh/input";
import { translate } from "@/lib/mesh/translate";
import type { MeshQueryName, MeshSamples } from "@/lib/metrics/mesh-queries";
import type { Sample, Series, TimeRange } from "@/lib/metrics/query";
import { toTheEnd } from "@/lib/time/steps";
import { modelProtocols } from "@/lib/topology/edges";
import { encodeFrames } from "@/lib/topology/encode-frames";
import { FrameRows } from "@/lib/topology/frame-rows";
import { type MeshFrames, meshFrames } from "@/lib/topology/mesh-frames";

export const objects = EMPTY_OBJECTS;
export const model = translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "permissive" });
/** Unix seconds of the first moment, and from one to the next. */
export const START = 1_000_000;
export const STEP = 10;
const NAMES: readonly MeshQueryName[] = ["requests", "connections", "latency", "denied"];

/** What a moment's store holds; null: nothing at all. */
export type Moment = MeshSamples | null;

function rangeOf(from: number, to: number): TimeRange {
  return { start: START + from * STEP, end: START + to * STEP, stepSeconds: STEP };
}

/** Moments as range queries answer them. */
function seriesOf(name: MeshQueryName, moments: readonly Moment[], from: number): Series[] {
  const rows = new Map<string, { labels: Sample["labels"]; points: [number, number | null][] }>();
  moments.forEach((moment, index) => {
    for (const { labels, value } of moment?.[name] ?? []) {
      const id = JSON.stringify(labels);
      const row = rows.get(id) ?? { labels, points: [] };
      rows.set(id, row);
      row.points.push([START + (from + index) * STEP, value]);
    }
  });
  return [...rows.values()];
}

/** `from`: how many steps after START the first moment is. */
export function framesOf(moments: readonly Moment[], from = 0): MeshFrames {
  const rows = new FrameRows(rangeOf(from, from + moments.length - 1), modelProtocols(model));
  for (const name of NAMES) rows.add(name, seriesOf(name, moments, from));
  return toTheEnd(meshFrames(rows));
}

/** As `/api/topology/frames` answers them. */
export function answerOf(frames: MeshFrames): Frames {
  const context = { model, objects, windowSeconds: 30, queries: { count: 4, ms: 1 }, partial: [] };
  return toTheEnd(encodeFrames(frames, context));
}
