"use client";
import { useMemo } from "react";
import { useChanges } from "@/components/data/use-changes";
import { useScope } from "@/components/shell/scope";
import type { Change } from "@/lib/contract/changes";
import { type FrameSet, frameIndex } from "@/lib/topology/frames";

const MINUTE_MS = 60_000;

/** What was changed between one frame and the next. */
export interface TrackMark {
  /** The first frame after it. */
  readonly frame: number;
  /** Oldest first. */
  readonly changes: readonly Change[];
}

/** Changes of configuration on the track, of the namespaces in scope; those of one frame are one mark. */
export function useTrackChanges(set: FrameSet): readonly TrackMark[] {
  const scope = useScope();
  const since = Math.floor(set.startMs / MINUTE_MS) * MINUTE_MS;
  const until = Math.ceil((set.endMs + set.stepMs) / MINUTE_MS) * MINUTE_MS;
  const { data } = useChanges({ since, until });
  return useMemo(() => marksOf(set, data?.changes ?? [], scope), [set, data, scope]);
}

function marksOf(set: FrameSet, changes: readonly Change[], scope: ReadonlySet<string> | null): readonly TrackMark[] {
  const marks = new Map<number, Change[]>();
  for (const change of [...changes].reverse()) {
    const { at, kind, namespace, name } = change;
    if (at < set.startMs || at > set.endMs + set.stepMs) continue;
    const meant = kind === "MeshConfig" || scope === null || scope.has(namespace === "" ? name : namespace);
    if (!meant) continue;
    const frame = frameIndex(set, Math.ceil((at - set.startMs) / set.stepMs) * set.stepMs + set.startMs);
    const known = marks.get(frame);
    if (known) known.push(change);
    else marks.set(frame, [change]);
  }
  return [...marks].sort(([a], [b]) => a - b).map(([frame, found]) => ({ frame, changes: found }));
}
