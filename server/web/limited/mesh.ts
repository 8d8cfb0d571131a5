/** The mesh as a reader with fewer rights sees it: the model of the objects they may list. */
import { parseKey } from "@/lib/kube/refs";
import { translate } from "@/lib/mesh/translate";
import { forbiddenPartial } from "../forbidden";
import type { MeshNames, MeshView } from "../mesh-view";
import { ObjectFilter } from "./objects";
import { mayRead, mayReadObject, type Scope, unseenOf } from "./scope";

export class MeshFilter {
  readonly #scope: Scope;
  readonly #names: MeshNames & { readonly controlNamespace: string };
  readonly #filter: ObjectFilter;
  #last: { readonly of: MeshView; readonly view: MeshView } | null = null;

  constructor(scope: Scope, names: MeshNames & { readonly controlNamespace: string }) {
    this.#scope = scope;
    this.#names = names;
    this.#filter = new ObjectFilter(scope);
  }

  /** The same view as long as nothing of the whole one changed. */
  read(whole: MeshView): MeshView {
    const last = this.#last;
    if (last !== null && sameView(last.of, whole)) return last.view;
    const view = this.#make(whole);
    this.#last = { of: whole, view };
    return view;
  }

  #make(whole: MeshView): MeshView {
    const scope = this.#scope;
    const { objects, peers } = this.#filter.read(whole.objects, whole.model);
    const { policyMode } = whole.model;
    const translated = translate(objects, { ...this.#names, policyMode });
    // What is wrong is judged by all there is: what the reader may not see is not missing.
    const problems = whole.model.problems.filter(({ object }) => mayReadObject(scope, object));
    const forbidden = forbiddenPartial(unseenOf(scope));
    return {
      objects,
      model: { ...translated, problems },
      meshConfig: mayRead(scope, "meshConfigs", this.#names.controlNamespace) ? whole.meshConfig : null,
      deployments: this.#filter.list("deployments", whole.deployments),
      partial: [...(forbidden ? [forbidden] : []), ...whole.partial.filter(({ reason }) => reason !== "forbidden")],
      limits: {
        peers,
        judgeOf: (service) => (mayRead(scope, "trafficTargets", parseKey(service, "").namespace) ? whole.model : null),
      },
    };
  }
}

function sameView(one: MeshView, other: MeshView): boolean {
  return (
    one.model === other.model &&
    one.objects === other.objects &&
    one.meshConfig === other.meshConfig &&
    one.deployments === other.deployments &&
    one.partial.length === 0 &&
    other.partial.length === 0
  );
}
