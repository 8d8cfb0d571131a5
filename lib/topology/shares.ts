/** Shares of traffic splits: what a split asks for and what a source sent to its backends. */
import type { MeshModel, MeshSplit } from "@/lib/mesh/model";
import { splitShares } from "@/lib/mesh/split-shares";

export interface EdgeShare {
  /** null: the source sent nothing to any backend. */
  readonly splitShare: number | null;
  readonly desiredShare: number;
  /** Key of the root service. */
  readonly root: string;
}

/** By service key: the split it is a backend of. The first root by name when there are several. */
export function splitsByBackend(model: MeshModel): ReadonlyMap<string, MeshSplit> {
  const splits = new Map<string, MeshSplit>();
  for (const root of Object.keys(model.splits).sort()) {
    const split = model.splits[root];
    for (const backend of split?.backends ?? []) {
      if (split !== undefined && !splits.has(backend.service)) splits.set(backend.service, split);
    }
  }
  return splits;
}

/** `sent`: calls per second of one source to a service. */
export function shareOf(
  { model, split }: { readonly model: MeshModel; readonly split: MeshSplit },
  service: string,
  sent: (service: string) => number,
): EdgeShare {
  const total = split.backends.reduce((sum, backend) => sum + sent(backend.service), 0);
  return {
    splitShare: total > 0 ? sent(service) / total : null,
    desiredShare: splitShares(model, split).find((share) => share.service === service)?.share ?? 0,
    root: split.root,
  };
}
