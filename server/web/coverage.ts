/** GET /api/coverage: policy held against the use that was observed, in words and with what to do about it. */
import type { CallKinds } from "@/lib/contract/call-kinds";
import type { CoverageBody, CoverageFinding } from "@/lib/contract/coverage";
import type { KubeObject } from "@/lib/kube/objects";
import { parseKey } from "@/lib/kube/refs";
import {
  confidenceOf,
  coverageOf,
  type Finding,
  findingId,
  type ObservedUse,
  type SeenKind,
} from "@/lib/mesh/coverage";
import { unseenShare } from "@/lib/mesh/coverage-broad";
import { wordsOf } from "@/lib/mesh/coverage-words";
import type { MeshModel } from "@/lib/mesh/model";
import { narrowingText } from "@/lib/mesh/narrowing";
import { grouped } from "@/lib/mesh/shape";
import { changedAt } from "./changed-at";
import type { HourUsage } from "./hour-usage";
import type { MeshView } from "./mesh-view";

export function coverageBodyOf(mesh: MeshView, hour: HourUsage): CoverageBody {
  const { model, objects } = mesh;
  const { services, rules, findings } = coverageOf(model, observedUse(model, hour));
  const changed = new Map(
    [...objects.trafficTargets, ...objects.httpRouteGroups].map((object) => [nameOf(object), changedAt(object)]),
  );
  return {
    at: hour.at,
    since: hour.since,
    policyMode: model.policyMode,
    services,
    rules,
    findings: findings.map((finding) => bodyOf(finding, { model, hour, changed })),
    sampling: hour.kinds && { share: hour.kinds.sampleShare, dropped: hour.kinds.dropped },
    queries: { ...hour.queries },
    partial: [...mesh.partial, ...hour.partial],
  };
}

export function observedUse(model: MeshModel, { policies, calls, kinds }: HourUsage): ObservedUse {
  return {
    // What may have been used is not told as unused.
    usedPolicies: policies && new Set([...policies.lastUsedAt.keys(), ...policies.unsure]),
    usedPairs: calls && pairsOf(model, calls),
    kinds: kinds && seenKinds(kinds),
  };
}

/** A workload whose pods run as several identities counts for each of them: its sidecars do not say which. */
function pairsOf(model: MeshModel, calls: ReadonlySet<string>): ReadonlySet<string> {
  const byWorkload = grouped(Object.values(model.workloads), ({ workload }) => workload);
  const pairs = new Set<string>();
  for (const edge of calls) {
    const [workload = "", service = ""] = edge.split(">");
    for (const { identity } of byWorkload.get(workload) ?? []) pairs.add(`${identity}>${service}`);
  }
  return pairs;
}

/** Failed calls are all told and show what is used; only those that passed are a sample. */
function seenKinds({ items }: CallKinds): SeenKind[] {
  return items.flatMap(({ policy, method, pathTemplate: path, outcome, count }) => {
    if (outcome === "denied" || policy === null || method === null || path === null) return [];
    return [{ policy, method, path, count: outcome === "passed" ? count : 0 }];
  });
}

interface Facts {
  readonly model: MeshModel;
  readonly hour: HourUsage;
  /** Unix milliseconds at which objects were last changed, by nameOf. */
  readonly changed: ReadonlyMap<string, number>;
}

function bodyOf(finding: Finding, { model, hour, changed }: Facts): CoverageFinding {
  const { sentence, remedy, about, narrowing } = wordsOf(model, finding);
  const confidence = confidenceOf(finding);
  const observedSince = confidence === "sampled" ? (hour.kinds?.since ?? hour.since) : hour.since;
  const draft = new URLSearchParams(about.kind === "Service" ? {} : { policy: `${about.kind}/${about.key}` });
  if (narrowing) draft.set("narrow", narrowingText(narrowing));
  return {
    id: findingId(finding),
    kind: finding.kind,
    confidence,
    namespace: parseKey(about.key).namespace,
    subject: about.kind === "Service" ? about.key : `${about.kind} ${about.key}`,
    sentence,
    remedy,
    since: confidence === "model" ? null : Math.max(observedSince, changed.get(`${about.kind}/${about.key}`) ?? 0),
    sample: "calls" in finding ? { calls: finding.calls, unseenAtMost: unseenShare(finding.calls) } : null,
    draft: draft.size === 0 ? null : draft.toString(),
  };
}

function nameOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.namespace}/${metadata.name}`;
}
