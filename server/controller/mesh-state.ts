import type { MeshObjects } from "@/lib/mesh/input";
import { type MeshConfig, readMeshConfig } from "@/lib/mesh/mesh-config";
import type { MeshModel } from "@/lib/mesh/model";
import { translate } from "@/lib/mesh/translate";
import type { MeshWatch } from "@/server/kube/mesh-watch";
import type { XdsServer } from "@/server/xds/types";
import type { WorkloadCertificates } from "./certificates";

export interface ReconcileReport {
  readonly count: number;
  readonly lastMs: number | null;
  readonly lastAt: string | null;
}

export interface MeshStateOptions {
  readonly watch: Pick<MeshWatch, "objects" | "meshConfig">;
  readonly certificates: WorkloadCertificates;
  readonly xds: Pick<XdsServer, "update" | "setSecrets">;
  readonly meshName: string;
  readonly trustDomain: string;
  readonly trustBundlePem: string;
}

/** What the mesh is now, and the one step that takes it from Kubernetes objects to sidecars. */
export class MeshState {
  readonly #options: MeshStateOptions;
  #objects: MeshObjects | null = null;
  #config: MeshConfig = readMeshConfig(null);
  #model: MeshModel | null = null;
  #report: ReconcileReport = { count: 0, lastMs: null, lastAt: null };

  constructor(options: MeshStateOptions) {
    this.#options = options;
  }

  /** null until the first reconcile. */
  get model(): MeshModel | null {
    return this.#model;
  }

  get objects(): MeshObjects | null {
    return this.#objects;
  }

  get config(): MeshConfig {
    return this.#config;
  }

  get report(): ReconcileReport {
    return this.#report;
  }

  /**
   * Translates what changed, hands out certificates and updates the sidecars. Returns how much that was, or null when
   * nothing of the mesh had changed.
   */
  reconcile(): { ms: number; resourcesBuilt: number; proxiesTouched: number; problems: number } | null {
    const { watch, certificates, xds, meshName, trustDomain, trustBundlePem } = this.#options;
    const started = performance.now();
    const objects = watch.objects();
    const config = readMeshConfig(watch.meshConfig());
    const same = this.#model !== null && objects === this.#objects && config.policyMode === this.#config.policyMode;
    const model =
      same && this.#model ? this.#model : translate(objects, { meshName, trustDomain, policyMode: config.policyMode });
    // Certificates first: a listener whose certificate is not there yet keeps a new pod waiting.
    const issued = certificates.update(Object.values(model.identities), config.certificateSeconds);
    if (issued || this.#model === null) xds.setSecrets(certificates.keyPairs(), trustBundlePem);
    this.#objects = objects;
    this.#config = config;
    if (same) return null;
    this.#model = model;
    const sent = xds.update(model);
    const ms = performance.now() - started;
    this.#report = { count: this.#report.count + 1, lastMs: ms, lastAt: new Date().toISOString() };
    return { ms, problems: model.problems.length, ...sent };
  }
}
