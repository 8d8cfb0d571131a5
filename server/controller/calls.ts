import type { Call } from "@/lib/contract/calls";
import { parseKey } from "@/lib/kube/refs";
import { mayCall } from "@/lib/mesh/explain";
import type { MeshModel } from "@/lib/mesh/model";
import { Ring } from "./ring";

/** Why a call was refused: no TrafficTarget names the pair, or those that do name other routes. */
export type DeniedReason = "no-target" | "no-route";

export interface DeniedLabels {
  readonly source: { readonly namespace: string; readonly kind: string; readonly name: string };
  /** Service key; null when the call named no service of the mesh. */
  readonly destination: { readonly namespace: string; readonly name: string } | null;
  readonly reason: DeniedReason;
  readonly side: "client" | "server";
}

/** What sidecars told of calls: refused ones counted, the latest kept. */
export class CallBook {
  // Refused and failed calls have a place of their own, so that samples of the rest do not push them out.
  readonly #notable = new Ring<Call>(1000);
  readonly #samples = new Ring<Call>(250);
  readonly #options: { readonly model: () => MeshModel | null; readonly onDenied: (labels: DeniedLabels) => void };

  constructor(options: { readonly model: () => MeshModel | null; readonly onDenied: (labels: DeniedLabels) => void }) {
    this.#options = options;
  }

  add(calls: readonly Call[]): void {
    const model = this.#options.model();
    for (const call of calls) {
      const failed = call.denied || (call.status ?? 0) >= 400;
      (failed ? this.#notable : this.#samples).add(call);
      const labels = model ? deniedLabels(call, model) : null;
      if (labels) this.#options.onDenied(labels);
    }
  }

  /** Newest first. */
  latest(limit: number): Call[] {
    return [...this.#notable.all(), ...this.#samples.all()].sort((a, b) => b.at - a.at).slice(0, limit);
  }
}

/**
 * The labels a refused call is counted under, or null for one that is not counted: not refused, told by the side that did
 * not refuse it, or from a caller nobody knows. Labels come from the model alone, so callers cannot make up new ones.
 */
export function deniedLabels(call: Call, model: MeshModel): DeniedLabels | null {
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

function sourceOf(call: Call, model: MeshModel): DeniedLabels["source"] | null {
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
