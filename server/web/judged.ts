/** By which model calls of a service are explained, and the words where the reader may not know. */
import { parseKey } from "@/lib/kube/refs";
import type { MeshModel } from "@/lib/mesh/model";
import type { MeshView } from "./mesh-view";

export type Judgement =
  | { readonly hidden: false; readonly model: MeshModel }
  | { readonly hidden: true; readonly sentence: string; readonly hint: string };

/** `service`: its key; null: none is named. */
export function judged({ model, limits }: Pick<MeshView, "model" | "limits">, service: string | null): Judgement {
  const judge = limits === undefined || service === null ? model : limits.judgeOf(service);
  if (judge !== null) return { hidden: false, model: judge };
  const { namespace } = parseKey(service ?? "", "");
  return {
    hidden: true,
    sentence: hiddenPolicy(namespace),
    hint: `Ask for a role in ${namespace} with the rule {apiGroups: ["access.smi-spec.io"], resources: [traffictargets], verbs: [list, watch]}.`,
  };
}

/** Said instead of a reason that names policy of that namespace. */
export function hiddenPolicy(namespace: string): string {
  return `The policy of namespace ${namespace} decides, which you may not read.`;
}
