import type { MeshModel, MeshPod } from "@/lib/mesh/model";
import { hostNames } from "../build/hosts";

/** Where hosts, identities and ports lead in one model. Made once per model, when the first call is told. */
export class CallPlaces {
  private static readonly made = new WeakMap<MeshModel, CallPlaces>();

  static of(model: MeshModel): CallPlaces {
    let places = CallPlaces.made.get(model);
    if (!places) {
      places = new CallPlaces(model);
      CallPlaces.made.set(model, places);
    }
    return places;
  }

  private readonly hosts = new Map<string, string>();
  private readonly workloads = new Map<string, Set<string>>();

  private constructor(private readonly model: MeshModel) {
    for (const service of Object.values(model.services)) {
      for (const host of hostNames(service, null)) this.hosts.set(host, service.key);
    }
    for (const pod of Object.values(model.workloads)) {
      const set = this.workloads.get(pod.identity) ?? new Set();
      this.workloads.set(pod.identity, set.add(pod.workload));
    }
  }

  /** The service (key) a Host header of this caller means. */
  serviceOf(authority: string, caller: string): string | null {
    const host = authority.toLowerCase().replace(/:\d+$/, "");
    if (host === "") return null;
    const near = `${caller.split("/")[0] ?? ""}/${host}`;
    if (!host.includes(".") && Object.hasOwn(this.model.services, near)) return near;
    return this.hosts.get(host) ?? null;
  }

  /** The workload of an identity, if only one has it. */
  workloadOf(identity: string): string | null {
    const found = [...(this.workloads.get(identity) ?? [])];
    return found.length === 1 ? (found[0] ?? null) : null;
  }

  /**
   * The service by which a pod was called on a target port. A pod behind a split's root and its backend was sent the call
   * as the backend: that is the cluster the caller used, and what edges point at.
   */
  served(pod: MeshPod, targetPort: number | null, named: string | null): string | null {
    const services = pod.inbound.filter((row) => row.targetPort === targetPort).map((row) => row.service);
    const split = named === null ? undefined : this.model.splits[named];
    const backend = split?.backends.find((one) => services.includes(one.service));
    if (backend) return backend.service;
    if (named !== null && services.includes(named)) return named;
    return services[0] ?? null;
  }
}
