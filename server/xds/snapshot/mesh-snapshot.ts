import type { MeshModel, MeshPod } from "@/lib/mesh/model";
import { shareEqual } from "../build/share";
import type { ResourceType } from "../names";
import { ResourceView } from "../resource-set";
import type { KeyPair } from "../types";
import { IdentityScopes } from "./identity-scope";
import { Keep } from "./keep";
import { Maker } from "./maker";
import { PodScopes } from "./pod-scope";
import { SecretSets } from "./secret-sets";

/** Everything one proxy gets, by type. The same object as long as nothing of it changed. */
export type ProxyView = Readonly<Record<ResourceType, ResourceView>>;

/**
 * The mesh as Envoy resources. Nothing is built until a proxy asks for it, and afterwards only what a change touched:
 * `update` first finds the parts of the model that did not change, and everything built is remembered by such parts.
 */
export class MeshSnapshot {
  private readonly maker = new Maker();
  private readonly identities = new IdentityScopes(this.maker);
  private readonly pods = new PodScopes(this.maker);
  private readonly secrets = new SecretSets(this.maker);
  private readonly views = new Keep<ProxyView>();
  private byProxyId = new Map<string, readonly MeshPod[]>();
  private current: MeshModel | null = null;

  get model(): MeshModel | null {
    return this.current;
  }

  /** How many resources were built since the start. */
  get built(): number {
    return this.maker.made;
  }

  update(next: MeshModel): void {
    const model = shareEqual(this.current, next);
    if (model === this.current) return;
    if (model.workloads !== this.current?.workloads) {
      this.byProxyId = byProxyId(model);
      this.views.retain((key) => Object.hasOwn(model.workloads, key));
    }
    this.identities.update(model);
    this.pods.update(model);
    this.current = model;
  }

  setSecrets(certificates: ReadonlyMap<string, KeyPair>, trustBundlePem: string): void {
    this.secrets.update(certificates, trustBundlePem);
  }

  /** The pods whose sidecar has this node id: one, unless somebody copied a label. */
  podsOf(proxyId: string): readonly MeshPod[] {
    return this.byProxyId.get(proxyId) ?? [];
  }

  /** null: the pod's identity is not in the model. */
  view(pod: MeshPod): ProxyView | null {
    const scope = this.identities.of(pod.identity);
    if (!scope) return null;
    const own = this.pods.of(pod);
    const secrets = this.secrets.of(pod.identity);
    const inputs = [scope.clusters, scope.endpoints, scope.routes, own.clusters, own.listeners, own.routes, secrets];
    return this.views.get(pod.key, inputs, (earlier) => ({
      CDS: view(earlier?.CDS, scope.clusters, own.clusters),
      EDS: view(earlier?.EDS, scope.endpoints),
      SDS: view(earlier?.SDS, secrets),
      LDS: view(earlier?.LDS, own.listeners),
      RDS: view(earlier?.RDS, scope.routes, own.routes),
    }));
  }
}

function view(earlier: ResourceView | undefined, ...parts: ConstructorParameters<typeof ResourceView>[0]) {
  return earlier?.isOf(parts) ? earlier : new ResourceView(parts);
}

function byProxyId(model: MeshModel): Map<string, readonly MeshPod[]> {
  const found = new Map<string, readonly MeshPod[]>();
  for (const pod of Object.values(model.workloads)) {
    found.set(pod.proxyId, [...(found.get(pod.proxyId) ?? []), pod]);
  }
  return found;
}
