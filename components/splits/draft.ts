/** A split being edited: what was there when editing began, and the percentages wanted instead. */

import { AppError } from "@/lib/contract/errors";
import type { SplitView } from "@/lib/contract/splits";
import type { KubeObject } from "@/lib/kube/objects";
import { readSmi } from "@/lib/smi/read";
import { writeSmi } from "@/lib/smi/write";
import { fromWeights, type Portion, samePercents, toWeights, type Weighted } from "./weights";

export interface SplitDraft {
  /** The object editing began from; its resourceVersion goes back with the change. */
  readonly base: KubeObject;
  readonly before: readonly Weighted[];
  readonly portions: readonly Portion[];
}

export function draftOf(split: SplitView): SplitDraft {
  const before = split.backends.map(({ service, weight }) => ({ service, weight }));
  return { base: split.object, before, portions: fromWeights(before) };
}

/** Whether the draft would change what the object says. */
export function isChanged(draft: SplitDraft): boolean {
  // Weights that are all 0 ask for nothing, not for equal shares: then any percentages are a change.
  const asksNothing = draft.before.every((backend) => backend.weight === 0);
  return asksNothing || !samePercents(draft.portions, fromWeights(draft.before));
}

/** Whether someone else gave the live split other weights or backends since editing began. */
export function changedMeanwhile(draft: SplitDraft, live: SplitView): boolean {
  if (live.resourceVersion === draft.base.metadata.resourceVersion) return false;
  const now = live.backends;
  return (
    now.length !== draft.before.length ||
    draft.before.some((one, at) => one.service !== now[at]?.service || one.weight !== now[at].weight)
  );
}

/** The same percentages on top of what is there now. Backends that are gone are dropped, new ones begin at 0 %. */
export function rebase(draft: SplitDraft, live: KubeObject): SplitDraft {
  const reading = readSmi(live);
  if (!reading.ok || reading.value.kind !== "TrafficSplit") return { ...draft, base: live };
  const before = reading.value.backends;
  const wanted = before.map(({ service }) => ({
    service,
    weight: draft.portions.find((portion) => portion.service === service)?.percent ?? 0,
  }));
  return { base: live, before, portions: fromWeights(wanted) };
}

/** The object to write, in the version it is stored in. Throws AppError unprocessable when the object cannot be read. */
export function objectOf(draft: SplitDraft): KubeObject {
  const reading = readSmi(draft.base);
  if (!reading.ok || reading.value.kind !== "TrafficSplit") {
    throw new AppError("unprocessable", "This TrafficSplit cannot be read, so its weights cannot be changed here.", {
      hint: "Mend the object with kubectl first.",
    });
  }
  return writeSmi({ ...reading.value, backends: toWeights(draft.portions, draft.before) }, draft.base);
}
