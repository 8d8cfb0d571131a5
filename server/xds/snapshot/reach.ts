import { reachableServices } from "@/lib/mesh/explain";
import type { MeshModel, MeshService } from "@/lib/mesh/model";
import { Keep, sameList } from "./keep";

/** What an identity is told about. In permissive mode all share one. */
export interface Reach {
  readonly services: readonly MeshService[];
  /** Service keys of `services`; the same array as long as they are the same. */
  readonly keys: readonly string[];
  /** Identities it may call; null: all. */
  readonly destinations: ReadonlySet<string> | null;
}

/** Works out once per model, for the identities somebody asks about, what they may reach. */
export class Reaches {
  private model: MeshModel | null = null;
  private readonly found = new Map<string, Reach>();
  private readonly keys = new Keep<readonly string[]>();
  private readonly destinations = new Keep<ReadonlySet<string>>();
  private destinationsBySource = new Map<string, string[]>();

  update(model: MeshModel): void {
    if (model === this.model) return;
    this.found.clear();
    if (model.grants !== this.model?.grants) this.destinationsBySource = bySource(model);
    this.keys.retain((identity) => identity === EVERYBODY || Object.hasOwn(model.identities, identity));
    this.destinations.retain((identity) => Object.hasOwn(model.identities, identity));
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
    const keys = this.keys.get(identity, [model], (earlier) => sameList(earlier, reachableServices(model, identity)));
    const services = keys.flatMap((key) => model.services[key] ?? []);
    return { services, keys, destinations: permissive ? null : this.destinationsOf(identity) };
  }

  private destinationsOf(identity: string): ReadonlySet<string> {
    const list = this.destinationsBySource.get(identity) ?? [];
    return this.destinations.get(identity, list, () => new Set(list));
  }
}

/** No identity key: those have a slash. */
const EVERYBODY = "*";

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
