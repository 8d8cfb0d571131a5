/** What the controller tells, as far as it is about namespaces the reader may see. */
import type { Certificate, ControllerChanges } from "@/lib/contract/admin";
import type { CallKind, CallKinds } from "@/lib/contract/call-kinds";
import type { Call, CallAggregate } from "@/lib/contract/calls";
import { parseKey } from "@/lib/kube/refs";
import type { HourUsage } from "../hour-usage";
import type { ControllerFacts } from "../security";
import { mayRead, mayReadObject, type Scope, sees, seesNamed } from "./scope";

export function limitedFacts(facts: ControllerFacts, scope: Scope): ControllerFacts {
  return {
    certificates: limitedCertificates(facts.certificates, scope),
    proxies: facts.proxies.filter(({ namespace }) => sees(scope, namespace)),
    calls: limitedCalls(facts.calls, scope),
    denied: facts.denied && limitedKinds(facts.denied, scope),
    partial: facts.partial,
  };
}

/** The root is what everybody in the mesh trusts and sees; the controller's own is not. */
export function limitedCertificates(certificates: readonly Certificate[], scope: Scope): Certificate[] {
  return certificates.filter(
    ({ kind, identity }) => kind === "root" || (kind !== "controller" && seesNamed(scope, identity)),
  );
}

export function limitedCalls(calls: readonly Call[], scope: Scope): Call[] {
  return calls.flatMap((call) => {
    const source = seesNamed(scope, call.sourceWorkload) || seesNamed(scope, call.sourceIdentity);
    const destination = seesNamed(scope, call.destinationService) || seesNamed(scope, call.destinationIdentity);
    if (!source && !destination) return [];
    // The pod that told it is one of a peer's: a peer is known by its name alone.
    const strange = call.side === "client" ? !source : !destination;
    const teller = strange ? { pod: null, workload: null } : {};
    return [{ ...call, ...teller, policy: policyShown(call.policy, scope) }];
  });
}

export function limitedKinds({ items, ...about }: CallKinds, scope: Scope): CallKinds {
  const seen = ({ sourceIdentity, destinationService, destinationIdentity }: CallKind) =>
    [sourceIdentity, destinationService, destinationIdentity].some((end) => seesNamed(scope, end));
  return { ...about, items: items.filter(seen).map((kind) => ({ ...kind, policy: policyShown(kind.policy, scope) })) };
}

export function limitedAggregates(items: readonly CallAggregate[], scope: Scope): CallAggregate[] {
  return items
    .filter(({ source, destination }) => seesNamed(scope, source) || seesNamed(scope, destination))
    .map((item) => ({ ...item, policy: policyShown(item.policy, scope) }));
}

export function limitedChanges({ items, watchedSince }: ControllerChanges, scope: Scope): ControllerChanges {
  return { watchedSince, items: items.filter((change) => mayReadObject(scope, change)) };
}

export function limitedHour(hour: HourUsage, scope: Scope): HourUsage {
  const { policies, calls, kinds } = hour;
  const shown = (policy: string) => policyShown(policy, scope) !== null;
  return {
    ...hour,
    policies: policies && {
      ...policies,
      lastUsedAt: new Map([...policies.lastUsedAt].filter(([policy]) => shown(policy))),
      unsure: new Set([...policies.unsure].filter(shown)),
    },
    calls: calls && new Set([...calls].filter((edge) => edge.split(">").some((end) => seesNamed(scope, end)))),
    kinds: kinds && limitedKinds(kinds, scope),
  };
}

/** The policy's name where its TrafficTarget may be read. `permissive` stands for no policy at all. */
function policyShown(policy: string | null, scope: Scope): string | null {
  if (policy === null || !policy.includes("/")) return policy;
  return mayRead(scope, "trafficTargets", parseKey(policy).namespace) ? policy : null;
}
