import { reachableServices } from "@/lib/mesh/explain";
import type { MeshModel, MeshService } from "@/lib/mesh/model";
import { Keep, sameList } from "./keep";

/** What an identity is told about; the same object as long as nothing of it changed. In permissive mode all share one. */
export interface Reach {
  readonly services: readonly MeshService[];
  /** Service keys of `services`; the same array as long as they are the same, whatever became of the services. */
  readonly keys: readonly string[];
  /** Identities it may call; null: all. */
  readonly destinations: ReadonlySet<string> | null;
}

/** Works out once per model, for the identities somebody asks about, what they may reach. */
export class Reaches {
  private model: MeshModel | null = null;
  private readonly found = new Map<string, Reach>();
  private readonly reaches = new Keep<Reach>();
  private readonly keys = new Keep<readonly string[]>();
  private readonly destinations = new Keep<ReadonlySet<string>>();
  private destinationsBySource = new Map<string, string[]>();
  private splitShape: readonly string[] = [];

  update(model: MeshModel): void {
    if (model === this.model) return;
    this.found.clear();
    this.splitShape = sameList(this.splitShape, shapeOf(model));
    if (model.grants !== this.model?.grants) this.destinationsBySource = bySource(model);
    if (model.identities !== this.model?.identities) {
      const wanted = (identity: string) => identity === EVERYBODY || Object.hasOwn(model.identities, identity);
      for (const keep of [this.reaches, this.keys, this.destinations]) keep.retain(wanted);
    }
    this.model = model;
  }

  of(identity: string): Reach {
    if (!this.model) throw new Error("Reaches.of was called before a model was set");
    const permissive = this.model.policyMode === "permissive";
    const key = permissive ? EVERYBODY : identity;
    let reach = this.found.get(key);
    if (!reach) {
      reach = this.workOut(this.model, key, permissive);
      this.found.set(key, reach);
    }
    return reach;
  }

  private workOut(model: MeshModel, identity: string, permissive: boolean): Reach {
    // All that the answer depends on: weights do not make a service reachable.
    const inputs = [model.services, model.workloads, model.grants, model.policyMode, this.splitShape];
    const keys = this.keys.get(identity, inputs, (earlier) => sameList(earlier, reachableServices(model, identity)));
    const services = keys.flatMap((key) => model.services[key] ?? []);
    const destinations = permissive ? null : this.destinationsOf(identity);
    return this.reaches.get(identity, [keys, destinations, ...services], () => ({ services, keys, destinations }));
  }

  private destinationsOf(identity: string): ReadonlySet<string> {
    const list = this.destinationsBySource.get(identity) ?? [];
    return this.destinations.get(identity, list, () => new Set(list));
  }
}

/** No identity key: those have a slash. */
const EVERYBODY = "*";

/** Splits without their weights. */
function shapeOf(model: MeshModel): readonly string[] {
  return Object.values(model.splits).flatMap(({ root, backends, matches }) => [
    `${root} ${matches.length > 0}`,
    ...backends.map(({ service, state }) => `${root} ${service} ${state}`),
  ]);
}

function bySource(model: MeshModel): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const grant of model.grants) {
    for (const source of grant.sources) {
      const set = found.get(source) ?? new Set();
      found.set(source, set.add(grant.destination));
    }
  }
  return new Map([...found].map(([source, set]) => [source, [...set].sort()]));
}
