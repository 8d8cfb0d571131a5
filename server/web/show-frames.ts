/** GET /api/topology/frames. */
import { AppError } from "@/lib/contract/errors";
import type { FramesQuery } from "@/lib/contract/frames";
import { windowSeconds } from "@/lib/contract/window";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import { frameGrid } from "@/lib/time/frame-grid";
import { pointCount } from "@/lib/time/range";
import { encodeFrames } from "@/lib/topology/encode-frames";
import { inSlices } from "@/server/platform/in-slices";
import { webContext } from "./context";
import type { ReadFrames } from "./frame-tracks";
import { refuseFuture } from "./future";
import type { MeshView } from "./mesh-view";
import { type SharedText, sharedText } from "./shared-text";

const MOST_FRAMES = 500;

export async function showFrames(query: FramesQuery): Promise<SharedText> {
  const now = Date.now();
  if (query.at !== undefined) refuseFuture(query.at, now);
  const grid = frameGrid({
    endSeconds: (query.at ?? now) / 1000,
    rangeSeconds: windowSeconds(query.range) ?? 3600,
    stepSeconds: query.step === undefined ? null : windowSeconds(query.step),
    windowSeconds: windowSeconds(query.window) ?? 30,
  });
  if (pointCount(grid.range) > MOST_FRAMES) {
    throw new AppError(
      "invalid_request",
      `A range of ${query.range} has more than ${MOST_FRAMES} frames of ${query.step}.`,
      {
        hint: "Ask for a longer step or a shorter range, or leave the step out.",
      },
    );
  }
  const { mesh, telemetry, tracks } = webContext();
  const [view, { policy }, read] = await Promise.all([mesh(), telemetry(), tracks(grid, query.at === undefined)]);
  return textOf(read, { view, windowSeconds: grid.windowSeconds, policy });
}

interface TextContext {
  readonly view: MeshView;
  readonly windowSeconds: number;
  readonly policy: Telemetry["policy"];
}

const texts = new WeakMap<ReadFrames, { readonly model: MeshView["model"]; readonly text: Promise<SharedText> }>();

/** Written once for everybody, as long as frames and model stay. */
function textOf(read: ReadFrames, { view, windowSeconds, policy }: TextContext): Promise<SharedText> {
  const known = texts.get(read);
  if (known?.model === view.model && view.partial.length === 0) return known.text;
  const { model, objects, partial } = view;
  const seenInPart = view.limits !== undefined;
  const { queries } = read;
  const context = {
    model,
    objects,
    policy,
    windowSeconds,
    queries,
    partial: [...partial, ...read.partial],
    seenInPart,
  };
  const text = inSlices(encodeFrames(read.frames, context)).then(sharedText);
  if (partial.length === 0) texts.set(read, { model, text });
  return text;
}
