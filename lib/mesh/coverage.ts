/**
 * What policy leaves open, shut or unused, held against what was observed: services nobody (or everybody) may call, rules
 * that nothing used, callers that never called, and rules wider than the calls that were seen.
 */
import { answeringServices, coversPort } from "./access";
import { accessIndex } from "./access-index";
import { type BroadRule, broadRules } from "./coverage-broad";
import type { Grant, MeshModel } from "./model";
import { compareText, grouped, sortedSet } from "./shape";

/** What was observed over some window. null: that was not observed, so nothing is said of it. */
export interface ObservedUse {
  /** Envoy's names of the policies that let something in, by Envoy's own count. */
  readonly usedPolicies: ReadonlySet<string> | null;
  /** `identity>service` (keys) of those who called, by their sidecars' own count. */
  readonly usedPairs: ReadonlySet<string> | null;
  /** Calls that were let in, by the policy that did: all that failed and a sample of the rest. */
  readonly kinds: readonly SeenKind[] | null;
}

/** Calls of one kind. */
export interface SeenKind {
  readonly policy: string;
  readonly method: string;
  /** As pathTemplate gives it. */
  readonly path: string;
  readonly count: number;
}

/** How much to trust a finding: by the model alone; by counts of every call; by a sample of calls. */
export type Confidence = "model" | "counted" | "sampled";

export type Finding =
  | { readonly kind: "nobody-may-call" | "everybody-may-call"; readonly service: string }
  /** `policy` null: nothing of the TrafficTarget was used. */
  | { readonly kind: "unused-rule"; readonly target: string; readonly grant: Grant | null }
  /** `runs`: whether any pod runs as the caller. */
  | { readonly kind: "unused-source"; readonly target: string; readonly source: string; readonly runs: boolean }
  | BroadRule;

export interface Coverage {
  readonly services: { readonly granted: number; readonly nobody: number; readonly everybody: number };
  /** Rules in force. `unknown`: nothing counted them. */
  readonly rules: { readonly used: number; readonly unused: number; readonly unknown: number };
  /** In an order that stays. */
  readonly findings: readonly Finding[];
}

export function coverageOf(model: MeshModel, observed: ObservedUse): Coverage {
  const services = serviceFindings(model);
  if (model.policyMode === "permissive") {
    const everybody = services.length;
    const rules = { used: 0, unused: 0, unknown: 0 };
    return { services: { granted: 0, nobody: 0, everybody }, rules, findings: services };
  }
  const use = new Use(model, observed);
  const states = model.grants.map((grant) => use.ofGrant(grant));
  const count = (state: boolean | null) => states.filter((one) => one === state).length;
  const backed = Object.values(model.services).filter(isBacked).length;
  return {
    services: { granted: backed - services.length, nobody: services.length, everybody: 0 },
    rules: { used: count(true), unused: count(false), unknown: count(null) },
    findings: [...services, ...targetFindings(model, use), ...broadRules(model, observed.kinds ?? [])],
  };
}

export function confidenceOf({ kind }: Finding): Confidence {
  if (kind === "nobody-may-call" || kind === "everybody-may-call") return "model";
  return kind === "broad-methods" || kind === "broad-path" ? "sampled" : "counted";
}

/** Stable as long as what it is about is there. */
export function findingId(finding: Finding): string {
  switch (finding.kind) {
    case "nobody-may-call":
    case "everybody-may-call":
      return `${finding.kind} ${finding.service}`;
    case "unused-rule":
      return `${finding.kind} ${finding.grant?.policy ?? finding.target}`;
    case "unused-source":
      return `${finding.kind} ${finding.target} ${finding.source}`;
    default:
      return `${finding.kind} ${finding.group}/${finding.match}`;
  }
}

/** Services that pods stand behind and that no grant reaches; in permissive mode all of them. */
function serviceFindings(model: MeshModel): Finding[] {
  const index = accessIndex(model);
  const byDestination = grouped(model.grants, ({ destination }) => destination);
  const granted = (service: string) =>
    (index.targetPorts.get(service) ?? []).some((port) =>
      (byDestination.get(port.identity) ?? []).some((grant) => grant.sources.length > 0 && coversPort(grant, port)),
    );
  const kind = model.policyMode === "permissive" ? "everybody-may-call" : "nobody-may-call";
  return Object.values(model.services)
    .filter(isBacked)
    .filter(({ key }) => kind === "everybody-may-call" || !answeringServices(model, key).some(granted))
    .map(({ key }) => ({ kind, service: key }));
}

function isBacked({ identities }: MeshModel["services"][string]): boolean {
  return identities.length > 0;
}

/** Answers "was it used", with null where nobody counted. */
class Use {
  readonly #observed: ObservedUse;
  readonly #services: ReadonlyMap<string, readonly string[]>;

  constructor(model: MeshModel, observed: ObservedUse) {
    this.#observed = observed;
    this.#services = accessIndex(model).servicesByIdentity;
  }

  /** Envoy counts by policy for HTTP only: a TCP rule counts as used when any of its callers called. */
  ofGrant(grant: Grant): boolean | null {
    if (grant.route === null) return this.#any(grant.sources.map((source) => this.ofSource(grant, source)));
    const { usedPolicies } = this.#observed;
    return usedPolicies === null ? null : usedPolicies.has(grant.policy);
  }

  /** A service that several identities answer for counts for each of them: its callers' sidecars do not tell them apart. */
  ofSource({ destination }: Grant, source: string): boolean | null {
    const { usedPairs } = this.#observed;
    if (usedPairs === null) return null;
    return (this.#services.get(destination) ?? []).some((service) => usedPairs.has(`${source}>${service}`));
  }

  #any(states: readonly (boolean | null)[]): boolean | null {
    if (states.some((state) => state === true)) return true;
    return states.length === 0 || states.includes(null) ? null : false;
  }
}

function targetFindings(model: MeshModel, use: Use): Finding[] {
  const running = new Set(Object.values(model.workloads).map(({ identity }) => identity));
  const targets = grouped(model.grants, ({ target }) => target);
  return [...targets]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([target, grants]): Finding[] => {
      const states = grants.map((grant) => use.ofGrant(grant));
      if (states.every((state) => state === false)) return [{ kind: "unused-rule", target, grant: null }];
      const rules = grants.filter((_, index) => states[index] === false);
      const sources = sortedSet(grants.flatMap((grant) => grant.sources)).filter((source) =>
        grants.every((grant) => use.ofSource(grant, source) === false),
      );
      return [
        ...rules.map((grant) => ({ kind: "unused-rule", target, grant }) as const),
        ...sources.map((source) => ({ kind: "unused-source", target, source, runs: running.has(source) }) as const),
      ];
    });
}
