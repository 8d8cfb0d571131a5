"use client";
import { useState } from "react";
import type { SplitView } from "@/lib/contract/splits";
import type { KubeObject } from "@/lib/kube/objects";
import { changedMeanwhile, draftOf, isChanged, rebase, type SplitDraft } from "./draft";
import { moveDivider, type Portion, setLocked, setPercent } from "./weights";

export interface SplitEditing {
  readonly draft: SplitDraft;
  /** The draft differs from what it began from. */
  readonly changed: boolean;
  /** Someone else changed the live split since the draft began. */
  readonly overtaken: boolean;
  move(divider: number, byPercent: number): void;
  set(index: number, percent: number): void;
  lock(index: number, locked: boolean): void;
  /** Drops the draft; the bar follows the live split again. */
  discard(): void;
  /** Puts the draft's percentages on top of the object as it is now. */
  rebaseOn(live: KubeObject): void;
}

/** A draft begins with the first change and stays as it was begun, whatever comes by the stream, until applied or dropped. */
export function useSplitDraft(live: SplitView): SplitEditing {
  const [kept, setKept] = useState<SplitDraft | null>(null);
  const [locked, setLockedNames] = useState<ReadonlySet<string>>(new Set());
  const draft = withLocks(kept ?? draftOf(live), locked);
  const edit = (portions: readonly Portion[]) => {
    const next = { ...draft, portions };
    setKept(isChanged(next) ? next : null);
  };
  return {
    draft,
    changed: kept !== null,
    overtaken: kept !== null && changedMeanwhile(kept, live),
    move: (divider, byPercent) => edit(moveDivider(draft.portions, divider, byPercent)),
    set: (index, percent) => edit(setPercent(draft.portions, index, percent)),
    lock: (index, on) =>
      setLockedNames(
        new Set(
          setLocked(draft.portions, index, on)
            .filter((portion) => portion.locked)
            .map((portion) => portion.service),
        ),
      ),
    discard: () => setKept(null),
    rebaseOn: (object) => setKept(rebase(draft, object)),
  };
}

function withLocks(draft: SplitDraft, locked: ReadonlySet<string>): SplitDraft {
  return { ...draft, portions: draft.portions.map((one) => ({ ...one, locked: locked.has(one.service) })) };
}
