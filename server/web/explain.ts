import type { ExplanationBody } from "@/lib/contract/access";
import { type Call, explain } from "@/lib/mesh/explain";
import type { MeshModel } from "@/lib/mesh/model";

/** GET /api/access/explain: what the model that enforces policy says of one call. */
export function explainCall(model: MeshModel, call: Call): ExplanationBody {
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
