import type { ExplanationBody } from "@/lib/contract/access";
import { AppError } from "@/lib/contract/errors";
import { type Call, explain } from "@/lib/mesh/explain";
import { judged } from "./judged";
import type { MeshView } from "./mesh-view";

/** GET /api/access/explain: what the model that enforces policy says of one call. `forbidden` when it may not be told. */
export function explainCall(view: MeshView, call: Call): ExplanationBody {
  const judgement = judged(view, call.service);
  if (judgement.hidden) throw new AppError("forbidden", judgement.sentence, { hint: judgement.hint });
  const { model } = judgement;
  const { allowed, permissive, partial, grants, missing, dependsOn } = explain(model, call);
  return {
    allowed,
    permissive,
    partial,
    grants: grants.map(({ target, policy, route }) => ({
      target,
      policy,
      route: route && `${route.group}/${route.match}`,
    })),
    missing: missing.map(({ reason, sentence, hint, service, destination }) => {
      return { reason, sentence, hint, service, identity: destination };
    }),
    dependsOn: [...dependsOn],
  };
}
