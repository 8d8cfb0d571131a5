/** Why a call was let in or refused: Envoy's own word where it gave one, else the model that enforces policy. */
import type { Call, CallWhy, ToldCall } from "@/lib/contract/calls";
import { explain } from "@/lib/mesh/explain";
import type { Grant, MeshModel } from "@/lib/mesh/model";
import { judged } from "./judged";
import type { MeshView } from "./mesh-view";

/** What stands in Envoy's policy name instead of a grant in permissive mode. */
const PERMISSIVE = "permissive";

/** Calls with their reasons. Calls of one kind share one explanation as long as the model is the same. */
export function withWhy(view: Pick<MeshView, "model" | "limits">, calls: readonly Call[]): ToldCall[] {
  return calls.map((call) => {
    const judgement = judged(view, call.destinationService);
    if (judgement.hidden) return { ...call, why: unknown(judgement.sentence, judgement.hint) };
    return { ...call, why: known(judgement.model, call) };
  });
}

const KEPT = 5_000;
const reasons = new WeakMap<MeshModel, Map<string, CallWhy>>();

function known(model: MeshModel, call: Call): CallWhy {
  const made = reasons.get(model) ?? new Map<string, CallWhy>();
  reasons.set(model, made);
  const { sourceIdentity, destinationService, protocol, method, path, denied, policy, status } = call;
  const key = JSON.stringify([sourceIdentity, destinationService, protocol, method, path, denied, policy, status]);
  const why = made.get(key) ?? whyOf(model, call);
  if (made.size < KEPT) made.set(key, why);
  return why;
}

export function whyOf(model: MeshModel, call: Call): CallWhy {
  if (call.policy === PERMISSIVE) return PERMISSIVE_WHY;
  if (call.policy !== null) return letInBy(grantsNamed(model, call.policy), call.policy);
  if (call.sourceIdentity === null) {
    return unknown(
      "Its caller showed no certificate of this mesh.",
      "Give the caller a sidecar, or put the namespace of the destination into permissive TLS while it moves in.",
    );
  }
  if (call.destinationService === null) {
    return unknown(
      "It named no service of the mesh.",
      "Check name, namespace and port of what was called, and that its namespace is in the mesh.",
    );
  }
  return byModel(model, call, { sourceIdentity: call.sourceIdentity, service: call.destinationService });
}

function byModel(model: MeshModel, call: Call, ends: { sourceIdentity: string; service: string }): CallWhy {
  const { allowed, permissive, grants, missing } = explain(model, {
    ...ends,
    ...(call.method === null ? {} : { method: call.method }),
    ...(call.path === null ? {} : { path: call.path }),
  });
  if (!allowed) {
    return {
      verdict: call.denied ? "refused" : "unknown",
      sentence: sentences(missing.map(({ sentence }) => sentence)),
      hint: sentences(missing.map(({ hint }) => hint)),
      policies: [],
    };
  }
  const now: CallWhy = permissive ? PERMISSIVE_WHY : letInBy(grants, "");
  if (!call.denied) return now;
  // The policy was changed since, or the sidecar has not heard of the change yet.
  return {
    ...now,
    verdict: "refused",
    sentence: `It was refused, but the policy in force now would let it in. ${now.sentence}`,
  };
}

const PERMISSIVE_WHY: CallWhy = {
  verdict: "permissive",
  sentence: "The mesh is permissive: no policy is asked.",
  hint: "",
  policies: [],
};

function letInBy(grants: readonly Grant[], policy: string): CallWhy {
  if (grants.length === 0) {
    const [namespace, target, , group, match] = policy.split("/");
    const route = group && match ? `${namespace}/${group}/${match}` : null;
    return {
      verdict: "allowed",
      sentence: `TrafficTarget ${namespace}/${target} let it in${route ? ` by route ${route}` : ""}; it has been changed or removed since.`,
      hint: "",
      policies: [{ target: `${namespace}/${target}`, route }],
    };
  }
  const policies = grants.map(({ target, route }) => ({ target, route: route && `${route.group}/${route.match}` }));
  const named = policies.map(({ target, route }) => `${target}${route === null ? "" : ` by route ${route}`}`);
  return { verdict: "allowed", sentence: `TrafficTarget ${named.join(" and ")} lets it in.`, hint: "", policies };
}

function grantsNamed(model: MeshModel, policy: string): readonly Grant[] {
  return model.grants.filter((grant) => grant.policy === policy);
}

function unknown(sentence: string, hint: string): CallWhy {
  return { verdict: "unknown", sentence, hint, policies: [] };
}

function sentences(texts: readonly string[]): string {
  return [...new Set(texts)].join(" ");
}
