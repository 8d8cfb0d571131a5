/** "What would break?": the translator run with a draft laid over the live objects, and the two models compared. */
import { mayCall, reachableServices } from "./access";
import { type Call, explain } from "./explain";
import type { MeshModel } from "./model";
import type { Problem } from "./problems";
import { compareText, sortedSet } from "./shape";

export { type Change, overlay } from "./overlay";

/** Calls that were seen, as far as they are known. */
export interface ObservedCall {
  /** Identity key. */
  readonly sourceIdentity: string;
  /** Service key. */
  readonly service: string;
  readonly perSecond: number;
  readonly method?: string;
  readonly path?: string;
}

export interface ChangedCall {
  readonly sourceIdentity: string;
  readonly service: string;
  /** null: never seen in the window. */
  readonly perSecond: number | null;
  readonly method?: string;
  readonly path?: string;
  /** Why it would be refused, or by which policies it would be let in. */
  readonly because: string;
}

export interface AccessComparison {
  /** Observed calls that pass now and would be refused (in whole or for a backend of a split), busiest first. */
  readonly nowDenied: readonly ChangedCall[];
  /** Calls that would be let in and are not now: observed ones, busiest first, then pairs nobody was seen to use. */
  readonly nowAllowed: readonly ChangedCall[];
  readonly problems: { readonly added: readonly Problem[]; readonly removed: readonly Problem[] };
}

export function compareAccess(
  before: MeshModel,
  after: MeshModel,
  observed: readonly ObservedCall[],
): AccessComparison {
  const nowDenied: ChangedCall[] = [];
  const nowAllowed: ChangedCall[] = [];
  for (const call of observed) {
    const was = explain(before, call);
    const will = explain(after, call);
    if (was.allowed && !will.allowed) {
      nowDenied.push({ ...changed(call), because: will.missing.map(({ sentence }) => sentence).join(" ") });
    } else if (!was.allowed && will.allowed) {
      nowAllowed.push({ ...changed(call), because: policiesText(after, call) });
    }
  }
  const seen = new Set(observed.map(({ sourceIdentity, service }) => `${sourceIdentity}>${service}`));
  return {
    nowDenied: nowDenied.sort(compareCalls),
    nowAllowed: [...nowAllowed.sort(compareCalls), ...newPairs(before, after, seen)],
    problems: {
      added: problemsOnlyIn(after, before),
      removed: problemsOnlyIn(before, after),
    },
  };
}

function changed(call: ObservedCall): Omit<ChangedCall, "because"> {
  const { sourceIdentity, service, perSecond, method, path } = call;
  return {
    sourceIdentity,
    service,
    perSecond,
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
  };
}

/** Pairs that only the new model allows. Leaving SMI mode allows every pair, which is said by the mode, not pair by pair. */
function newPairs(before: MeshModel, after: MeshModel, seen: ReadonlySet<string>): readonly ChangedCall[] {
  if (after.policyMode === "permissive" || before.policyMode === "permissive") return [];
  const pairs: ChangedCall[] = [];
  for (const sourceIdentity of Object.keys(after.identities)) {
    const old = new Set(reachableServices(before, sourceIdentity));
    for (const service of reachableServices(after, sourceIdentity)) {
      const call = { sourceIdentity, service };
      if (old.has(service) || seen.has(`${sourceIdentity}>${service}`)) continue;
      if (mayCall(after, sourceIdentity, service).length === 0) continue;
      pairs.push({ ...call, perSecond: null, because: policiesText(after, call) });
    }
  }
  return pairs;
}

function policiesText(model: MeshModel, call: Call): string {
  if (model.policyMode === "permissive") return "The mesh would be in permissive mode.";
  const targets = sortedSet(explain(model, call).grants.map(({ target }) => target));
  return `TrafficTarget ${targets.join(", ")} would let it in.`;
}

function problemsOnlyIn(model: MeshModel, other: MeshModel): readonly Problem[] {
  const known = new Set(other.problems.map(problemKey));
  return model.problems.filter((problem) => !known.has(problemKey(problem)));
}

function problemKey({ code, object, field, message }: Problem): string {
  return [code, object.kind, object.namespace, object.name, field, message].join("\n");
}

function compareCalls(a: ChangedCall, b: ChangedCall): number {
  return (
    (b.perSecond ?? 0) - (a.perSecond ?? 0) ||
    compareText(a.sourceIdentity, b.sourceIdentity) ||
    compareText(a.service, b.service)
  );
}
