import { parseKey } from "@/lib/kube/refs";
import { mayCall } from "@/lib/mesh/explain";
import type { MeshModel } from "@/lib/mesh/model";
import type { CallRecord } from "@/server/xds/types";

/** Why a call was refused: no TrafficTarget names the pair, or those that do name other routes. */
export type DeniedReason = "no-target" | "no-route";

export interface DeniedLabels {
  readonly source: { readonly namespace: string; readonly kind: string; readonly name: string };
  /** Service key; null when the call named no service of the mesh. */
  readonly destination: { readonly namespace: string; readonly name: string } | null;
  readonly reason: DeniedReason;
  readonly side: "client" | "server";
}

/**
 * The labels a refused call is counted under, or null for one that is not counted: not refused, told by the side that did
 * not refuse it, or from a caller nobody knows. Labels come from the model alone, so callers cannot make up new ones.
 */
export function deniedLabels(call: CallRecord, model: MeshModel): DeniedLabels | null {
  if (!call.denied) return null;
  // The caller's sidecar also tells of the 403 it got from the other side, which counts it itself.
  if (call.side === "client" && call.details === "via_upstream") return null;
  const source = sourceOf(call, model);
  if (!source) return null;
  const service = call.destinationService && model.services[call.destinationService] ? call.destinationService : null;
  const identity = call.sourceIdentity;
  // A caller's own sidecar only refuses what nothing lets it reach.
  const mayBe = call.side === "server" && service !== null && identity !== null;
  const granted = mayBe && mayCall(model, identity, service).length > 0;
  return {
    source,
    destination: service === null ? null : parseKey(service),
    reason: granted ? "no-route" : "no-target",
    side: call.side,
  };
}

function sourceOf(call: CallRecord, model: MeshModel): DeniedLabels["source"] | null {
  const workload =
    call.sourceWorkload ?? (call.side === "client" ? call.workload : onlyWorkload(call.sourceIdentity, model));
  if (workload) {
    const [namespace = "", kind = "", name = ""] = workload.split("/");
    return { namespace, kind, name };
  }
  if (!call.sourceIdentity || !model.identities[call.sourceIdentity]) return null;
  return { kind: "serviceaccount", ...parseKey(call.sourceIdentity) };
}

/** The workload that runs under an identity, when there is just one. */
function onlyWorkload(identity: string | null, model: MeshModel): string | null {
  if (identity === null) return null;
  const found = new Set<string>();
  for (const pod of Object.values(model.workloads)) if (pod.identity === identity) found.add(pod.workload);
  const [first] = found;
  return found.size === 1 && first ? first : null;
}
