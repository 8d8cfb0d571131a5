/** Refused calls in kinds, each with what keeps it out by the policy of now. */
import type { CallKinds } from "@/lib/contract/call-kinds";
import type { Call } from "@/lib/contract/calls";
import type { DeniedKind } from "@/lib/contract/security";
import { explain } from "@/lib/mesh/explain";
import { judged } from "./judged";
import type { MeshView } from "./mesh-view";

const MOST_KINDS = 500;

/** The last told first. */
export function deniedKindsOf(view: View, { items }: CallKinds): DeniedKind[] {
  return items
    .filter(({ outcome }) => outcome === "denied")
    .slice(0, MOST_KINDS)
    .map((kind) => ({
      ...kind,
      id: [
        kind.sourceIdentity,
        kind.destinationService,
        kind.destinationIdentity,
        kind.method,
        kind.pathTemplate,
        kind.side,
      ]
        .map((part) => part ?? "-")
        .join(" "),
      ...whyDenied(view, { ...kind, details: null }),
    }));
}

type View = Pick<MeshView, "model" | "limits">;
type DeniedCall = Pick<Call, "sourceIdentity" | "destinationService" | "method" | "path" | "details">;

/** Policy may have changed since the call was refused, and then that is said. */
export function whyDenied(view: View, call: DeniedCall): { readonly why: string; readonly allowedNow: boolean } {
  const { sourceIdentity, destinationService: service, method, path } = call;
  if (sourceIdentity === null || service === null) {
    return { why: call.details ?? "The caller showed no identity of this mesh.", allowedNow: false };
  }
  const judgement = judged(view, service);
  if (judgement.hidden) return { why: judgement.sentence, allowedNow: false };
  const explanation = explain(judgement.model, {
    sourceIdentity,
    service,
    ...(method === null ? {} : { method }),
    ...(path === null ? {} : { path }),
  });
  if (explanation.allowed) return { why: "It was refused then. Policy lets it in now.", allowedNow: true };
  return { why: explanation.missing.map(({ sentence }) => sentence).join(" "), allowedNow: false };
}
