"use client";
import { useMemo } from "react";
import { useTopology } from "@/components/data/use-topology";
import { useInstant, useWindow } from "@/components/shell/scope";
import type { Topology } from "@/lib/contract/topology";
import { diffTopologies, type TopologyDiff } from "@/lib/topology/diff";
import { useComparedInstant } from "./compared-instant";
import { type TopologyResult, useShownTopology } from "./shown-topology";

export interface Compared {
  readonly against: number;
  /** Unix milliseconds of the later side; null for now. */
  readonly at: number | null;
  readonly before: TopologyResult;
  readonly after: TopologyResult;
  /** null until both sides are there. */
  readonly diff: TopologyDiff | null;
}

/** The page's moment held against another. null: nothing is compared. */
export function useCompared(): Compared | null {
  const against = useComparedInstant();
  const at = useInstant();
  const window = useWindow();
  const before = useTopology(window, against, against !== null);
  const after = useShownTopology();
  const old = before.isPlaceholderData ? undefined : before.data;
  const diff = useDiff(against === null ? undefined : old, after.data);
  return useMemo(
    () => (against === null ? null : { against, at, before, after, diff }),
    [against, at, before, after, diff],
  );
}

function useDiff(before: Topology | undefined, after: Topology | undefined): TopologyDiff | null {
  return useMemo(() => (before && after ? diffTopologies(before, after) : null), [before, after]);
}
