import type { MeshModel } from "@/lib/mesh/model";
import type { Problem } from "@/lib/mesh/problems";

/** Finds the problems of one object of a model without searching all of them each time. */
export function problemFinder(model: MeshModel): (kind: string, key: string) => Problem[] {
  const byObject = new Map<string, Problem[]>();
  for (const problem of model.problems) {
    const { kind, namespace, name } = problem.object;
    const id = `${kind} ${namespace}/${name}`;
    byObject.set(id, [...(byObject.get(id) ?? []), problem]);
  }
  return (kind, key) => byObject.get(`${kind} ${key}`) ?? [];
}
