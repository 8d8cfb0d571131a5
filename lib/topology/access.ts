/** What policy says of an edge, asked of the model that enforces it. */
import { mayCall, reachableServices } from "@/lib/mesh/explain";
import type { MeshModel } from "@/lib/mesh/model";

export interface EdgeAccess {
  readonly allowed: boolean;
  /** `namespace/name` of TrafficTargets, sorted. Empty in permissive mode. */
  readonly policies: readonly string[];
}

export class AccessReader {
  readonly #known = new Map<string, readonly string[]>();

  constructor(
    private readonly model: MeshModel,
    /** Identity keys by workload node id. */
    private readonly identities: ReadonlyMap<string, readonly string[]>,
    /** Another mesh decides, by policy that is not known here. */
    private readonly foreign = false,
  ) {}

  /** Whether any of the workload's identities may call the service by at least one route. */
  of(workload: string, serviceKey: string): EdgeAccess {
    if (this.foreign) return { allowed: true, policies: [] };
    if (this.model.policyMode === "permissive") {
      return { allowed: Object.hasOwn(this.model.services, serviceKey), policies: [] };
    }
    const policies = new Set<string>();
    for (const identity of this.identities.get(workload) ?? []) {
      for (const target of this.#targets(identity, serviceKey)) policies.add(target);
    }
    return { allowed: policies.size > 0, policies: [...policies].sort() };
  }

  /**
   * Services a workload may call, as its sidecar would reach them: a split root whose calls all go to backends is left
   * out. Empty in permissive mode, where everything may call everything and an edge for each pair would say nothing.
   */
  reachable(workload: string): readonly string[] {
    if (this.foreign || this.model.policyMode === "permissive") return [];
    const services = new Set<string>();
    for (const identity of this.identities.get(workload) ?? []) {
      for (const service of reachableServices(this.model, identity)) services.add(service);
    }
    return [...services].filter((service) => {
      const split = this.model.splits[service];
      return split === undefined || split.matches.length > 0 || split.backends.some((one) => one.service === service);
    });
  }

  #targets(identity: string, serviceKey: string): readonly string[] {
    const id = `${identity}>${serviceKey}`;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const targets = [...new Set(mayCall(this.model, identity, serviceKey).map((grant) => grant.target))];
    this.#known.set(id, targets);
    return targets;
  }
}
