/** Frames of the mesh, read once for everybody: single flight, kept by their grid, and moved on by asking for the newest only. */
import type { Partial } from "@/lib/contract/topology";
import type { FrameGrid } from "@/lib/time/frame-grid";
import { pointCount } from "@/lib/time/range";
import { appendFrames, type MeshFrames, meshFrames } from "@/lib/topology/mesh-frames";
import { inSlices } from "@/server/platform/in-slices";
import { type RowSources, readRows } from "./read-rows";

export interface ReadFrames {
  readonly frames: MeshFrames;
  readonly queries: { readonly count: number; readonly ms: number };
  /** What is left out of them. */
  readonly partial: readonly Partial[];
}

/** The newest frames are asked for again: when they were read, not every scrape of their time had come in. */
const AGAIN = 2;
/** So many grids are kept; the one nobody asked for longest goes first. */
const MOST_KEPT = 8;

interface Track {
  readonly grid: FrameGrid;
  readonly read: Promise<ReadFrames>;
}

export class FrameTracks {
  /** Unix milliseconds. */
  readonly #now: () => number;
  /** By length, step, window and, for those that do not end now, their end. In order of last use. */
  readonly #tracks = new Map<string, Track>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `live`: the grid ends now, and its frames are the last ones moved on. Rejects as the metrics do. */
  get(sources: RowSources, grid: FrameGrid, live: boolean): Promise<ReadFrames> {
    const { range, windowSeconds } = grid;
    const key = [pointCount(range), range.stepSeconds, windowSeconds, live ? "now" : range.end].join(" ");
    const known = this.#tracks.get(key) ?? null;
    this.#tracks.delete(key);
    const track = known?.grid.range.end === range.end ? known : { grid, read: this.#read(sources, grid, known) };
    this.#tracks.set(key, track);
    track.read.catch(() => {
      // Whoever comes next asks again.
      if (this.#tracks.get(key) === track) this.#tracks.delete(key);
    });
    for (const oldest of [...this.#tracks.keys()].slice(0, -MOST_KEPT)) this.#tracks.delete(oldest);
    return track.read;
  }

  async #read(sources: RowSources, grid: FrameGrid, known: Track | null): Promise<ReadFrames> {
    const before = (await known?.read.catch(() => null)) ?? null;
    const started = this.#now();
    const asked = before === null ? grid : tailOf(grid, before.frames);
    const { rows, count, withoutLatency } = await readRows(sources, asked);
    const read = await inSlices(meshFrames(rows));
    const frames = before === null || asked === grid ? read : await inSlices(appendFrames(before.frames, read));
    const partial = withoutLatency ? [noPercentiles(grid.range.end)] : [];
    return { frames, queries: { count, ms: this.#now() - started }, partial };
  }
}

function noPercentiles(endSeconds: number): Partial {
  return {
    part: "metrics",
    message: "The percentiles of this range took the metrics store too long and are left out.",
    hint: "Ask for a shorter range or a longer step.",
    lastGoodAt: endSeconds * 1000,
    reason: "slow",
  };
}

/** What of a grid the frames before do not tell; all of it when they end before it begins. */
function tailOf(grid: FrameGrid, { range }: MeshFrames): FrameGrid {
  const { start, end, stepSeconds } = grid.range;
  const from = range.end - (AGAIN - 1) * stepSeconds;
  return from > start && from <= end ? { ...grid, range: { start: from, end, stepSeconds } } : grid;
}
