/** POST /api/what-if: the enforcing model with a draft laid over it, asked about the calls that were seen. */
import type { z } from "zod";
import type { Call } from "@/lib/contract/calls";
import type { AccessChange, WhatIfResult, WhatIfSchema } from "@/lib/contract/what-if";
import { policyMode } from "@/lib/mesh/policy-mode";
import { translate } from "@/lib/mesh/translate";
import { type Change, type ChangedCall, compareAccess, type ObservedCall, overlay } from "@/lib/mesh/what-if";
import { type Frame, topologyOf } from "./frame";
import type { MeshNames } from "./mesh-view";
import { observedPairs } from "./observed-pairs";

export interface WhatIfFacts {
  readonly frame: Frame;
  readonly names: MeshNames;
  /** A sample of calls that the controller keeps, so that changes of single routes can be judged. */
  readonly calls: readonly Call[];
}

export function whatIf(change: z.output<typeof WhatIfSchema>, facts: WhatIfFacts): WhatIfResult {
  const { objects, model } = facts.frame.mesh;
  const changes: Change[] = [...change.remove.map((remove) => ({ remove })), ...change.put.map((put) => ({ put }))];
  const draft = changes.reduce(overlay, objects);
  // A MeshConfig is no object of the mesh; what of it decides about calls is the mode.
  const meshConfig = change.put.find(({ kind }) => kind === "MeshConfig");
  const mode = meshConfig ? policyMode(meshConfig) : model.policyMode;
  const after = translate(draft, { ...facts.names, policyMode: mode });
  const { nowDenied, nowAllowed, problems } = compareAccess(model, after, observedCalls(facts));
  return {
    nowDenied: nowDenied.map(told),
    nowAllowed: nowAllowed.map(told),
    problems: { added: [...problems.added], removed: [...problems.removed] },
    observed: facts.frame.samplesAt !== null && facts.frame.partial.every(({ part }) => part !== "metrics"),
  };
}

function told({ sourceIdentity, service, perSecond, method, path, because }: ChangedCall): AccessChange {
  return {
    source: sourceIdentity,
    destination: service,
    requestsPerSecond: perSecond,
    method: method ?? null,
    path: path ?? null,
    because,
  };
}

/** The rate of each pair, shared out over the methods and paths sampled of it; whole where there is no sample. */
function observedCalls({ frame, calls }: WhatIfFacts): readonly ObservedCall[] {
  const kinds = sampledKinds(calls, frame.at - SAMPLE_AGE_MS);
  return [...observedPairs(topologyOf(frame)).values()].flatMap((pair) => {
    const { source: sourceIdentity, destination: service } = pair;
    const allowed = shareOut(pair.requestsPerSecond, kinds.get(`${sourceIdentity}>${service}>passed`));
    const denied = shareOut(pair.deniedPerSecond, kinds.get(`${sourceIdentity}>${service}>denied`));
    return [...allowed, ...denied].map((part) => ({ sourceIdentity, service, ...part }));
  });
}

const SAMPLE_AGE_MS = 5 * 60_000;

type Kinds = ReadonlyMap<string, { readonly method: string; readonly path: string; readonly count: number }>;

function sampledKinds(calls: readonly Call[], since: number): ReadonlyMap<string, Kinds> {
  const pairs = new Map<string, Map<string, { method: string; path: string; count: number }>>();
  for (const { sourceIdentity, destinationService, method, path: target, denied, at } of calls) {
    if (!sourceIdentity || !destinationService || !method || !target || at < since) continue;
    const path = target.split("?", 1)[0] ?? target;
    const pair = `${sourceIdentity}>${destinationService}>${denied ? "denied" : "passed"}`;
    const kinds = pairs.get(pair) ?? new Map();
    const kind = kinds.get(`${method} ${path}`) ?? { method, path, count: 0 };
    kinds.set(`${method} ${path}`, { ...kind, count: kind.count + 1 });
    pairs.set(pair, kinds);
  }
  return pairs;
}

function shareOut(perSecond: number, kinds: Kinds | undefined): Pick<ObservedCall, "perSecond" | "method" | "path">[] {
  if (perSecond <= 0) return [];
  if (!kinds) return [{ perSecond }];
  const all = [...kinds.values()];
  const total = all.reduce((sum, { count }) => sum + count, 0);
  return all.map(({ method, path, count }) => ({ method, path, perSecond: (perSecond * count) / total }));
}
