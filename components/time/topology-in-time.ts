"use client";
import { useMemo } from "react";
import { withLost } from "@/lib/topology/diff";
import { type TopologyResult, useShownTopology } from "./shown-topology";
import { useCompared } from "./use-compared";

/** The graph a page shows, whatever its time. While it is compared with another moment, what only that one had stays in it, without calls. */
export function useTopologyInTime(): TopologyResult {
  const shown = useShownTopology();
  const compared = useCompared();
  const before = compared?.diff ? compared.before.data : undefined;
  const both = useMemo(() => (shown.data && before ? withLost(shown.data, before) : null), [shown.data, before]);
  return both === null ? shown : { ...shown, data: both };
}
