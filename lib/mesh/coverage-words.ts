/** Findings of coverage in words: what is the matter, and what to do about it. */

import type { Finding } from "./coverage";
import { unseenShare } from "./coverage-broad";
import type { Grant, MeshModel } from "./model";
import type { Narrowing } from "./narrowing";
import { routeText } from "./route-match";
import { sortedSet } from "./shape";
import { templateRegex } from "./template-regex";

export interface FindingWords {
  readonly sentence: string;
  readonly remedy: string;
  /** The object to change, or the service it is about. */
  readonly about: { readonly kind: "Service" | "TrafficTarget" | "HTTPRouteGroup"; readonly key: string };
  /** What makes that object narrow enough; null when a person has to decide. */
  readonly narrowing: Narrowing | null;
}

export function wordsOf(model: MeshModel, finding: Finding): FindingWords {
  switch (finding.kind) {
    case "nobody-may-call":
      return {
        sentence: `No TrafficTarget lets anybody call ${finding.service}.`,
        remedy: "Right if nobody should. Else create a TrafficTarget whose destination is its ServiceAccount.",
        about: { kind: "Service", key: finding.service },
        narrowing: null,
      };
    case "everybody-may-call":
      return {
        sentence: `Every workload of the mesh may call ${finding.service}: the mesh is permissive.`,
        remedy: "Write TrafficTargets for the calls you want, then turn permissive mode off in the MeshConfig.",
        about: { kind: "Service", key: finding.service },
        narrowing: null,
      };
    case "unused-rule":
      return finding.grant ? unusedRule(model, finding.target, finding.grant) : unusedTarget(model, finding.target);
    case "unused-source":
      return {
        sentence: finding.runs
          ? `${finding.source} is let in and did not call.`
          : `${finding.source} is let in, and no pod runs as it.`,
        remedy: `Take it out of the sources of TrafficTarget ${finding.target}.`,
        about: { kind: "TrafficTarget", key: finding.target },
        narrowing: { kind: "without-source", source: finding.source },
      };
    default:
      return broad(finding);
  }
}

function unusedTarget(model: MeshModel, target: string): FindingWords {
  const grants = model.grants.filter((grant) => grant.target === target);
  const sources = sortedSet(grants.flatMap((grant) => grant.sources));
  const to = grants[0]?.destination ?? "";
  return {
    sentence: `Nothing of it was used: it lets ${sources.length === 1 ? sources[0] : `${sources.length} callers`} call ${to}.`,
    remedy: `Delete TrafficTarget ${target} if nobody needs it.`,
    about: { kind: "TrafficTarget", key: target },
    narrowing: null,
  };
}

function unusedRule(model: MeshModel, target: string, { policy, route, ports }: Grant): FindingWords {
  const about = { kind: "TrafficTarget", key: target } as const;
  if (route === null) {
    const where = ports.length === 0 ? "any port" : `port ${ports.join(", ")}`;
    return {
      sentence: `It lets callers open connections to ${where}, and none did.`,
      remedy: `Take the TCPRoute out of the rules of TrafficTarget ${target}.`,
      about,
      narrowing: null,
    };
  }
  const kept = model.grants.filter(
    (grant) => grant.target === target && grant.route?.group === route.group && grant.policy !== policy,
  );
  const group = route.group.slice(route.group.indexOf("/") + 1);
  return {
    sentence: `Match ${route.match} of HTTPRouteGroup ${group} (${routeText(route)}) let no call in.`,
    remedy: `Take the match out of the rules of TrafficTarget ${target}.`,
    about,
    narrowing: { kind: "matches", group, matches: sortedSet(kept.flatMap((grant) => grant.route?.match ?? [])) },
  };
}

function broad(finding: Extract<Finding, { kind: "broad-methods" | "broad-path" }>): FindingWords {
  const { kind, group, match, targets, allowed, seen, calls } = finding;
  const sample = calls === 0 ? "the failed calls told of it" : `${calls} sampled ${calls === 1 ? "call" : "calls"}`;
  const rest =
    calls === 0
      ? "No call that passed was sampled yet."
      : `Up to ${percent(unseenShare(calls))} of its calls may be of another kind.`;
  const about = { kind: "HTTPRouteGroup", key: group } as const;
  const also = targets.length > 1 ? ` ${targets.length} TrafficTargets use the match.` : "";
  if (kind === "broad-methods") {
    const all = allowed.length === 0 ? "any method" : allowed.join(", ");
    return {
      sentence: `Match ${match} allows ${all}; ${sample} used ${seen.join(", ")} only. ${rest}`,
      remedy: `If nobody needs the others, allow ${seen.join(", ")} only.${also}`,
      about,
      narrowing: { kind: "methods", match, methods: seen },
    };
  }
  const expressions = seen.map(templateRegex);
  return {
    sentence: `Match ${match} allows any path; ${sample} went to ${seen.join(", ")}. ${rest}`,
    remedy: `If nobody needs more, name ${seen.length === 1 ? "that path" : "those paths"}.${also}`,
    about,
    narrowing: {
      kind: "path",
      match,
      pathRegex: expressions.length === 1 ? (expressions[0] ?? "") : `(${expressions.join("|")})`,
    },
  };
}

function percent(ratio: number): string {
  return ratio >= 0.1 ? `${Math.round(ratio * 100)} %` : `${Number((ratio * 100).toPrecision(1))} %`;
}
