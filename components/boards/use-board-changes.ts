"use client";
import { useMemo } from "react";
import { changeTicks, minutesAround } from "@/components/charts/change-ticks";
import { useChanges } from "@/components/data/use-changes";
import type { BoardData } from "@/lib/contract/boards";

/** What changed over the board's range, as marks on its time axes: of one namespace, or of all (null). */
export function useBoardChanges(data: BoardData | undefined, namespace: string | null): ReturnType<typeof changeTicks> {
  const { data: changed } = useChanges(data ? minutesAround(data) : null);
  return useMemo(() => {
    const changes = changed?.changes ?? [];
    const all = changes.map((change) => change.namespace).join(",");
    return changeTicks(changes, namespace ?? all);
  }, [changed, namespace]);
}
