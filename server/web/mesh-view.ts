/** The mesh as the dashboard's server knows it now: the watched objects and the model made of them. */
import type { Partial } from "@/lib/contract/topology";
import type { KubeObject } from "@/lib/kube/objects";
import { EMPTY_OBJECTS, type MeshObjects } from "@/lib/mesh/input";
import type { MeshModel } from "@/lib/mesh/model";
import { policyMode } from "@/lib/mesh/policy-mode";
import { translate } from "@/lib/mesh/translate";
import type { MeshWatch } from "@/server/kube/mesh-watch";
import { forbiddenPartial, type Unseen, withAssumedNamespaces } from "./forbidden";
import { within } from "./within";

export interface MeshView {
  readonly objects: MeshObjects;
  readonly model: MeshModel;
  /** null when there is none. */
  readonly meshConfig: KubeObject | null;
  readonly deployments: readonly KubeObject[];
  /** What Kubernetes did not say, or said too long ago. */
  readonly partial: readonly Partial[];
  /** Of a reader who may not see all of the mesh; left out for the others. */
  readonly limits?: MeshLimits;
}

export interface MeshLimits {
  /** Namespaces of which only names are known. */
  readonly peers: ReadonlySet<string>;
  /** The model by which calls of a service (key) are judged; null when the reader may not read the policy there. */
  readonly judgeOf: (service: string) => MeshModel | null;
}

export interface MeshNames {
  readonly meshName: string;
  readonly trustDomain: string;
}

/** A cold start waits this long for the first lists, once; after that it answers with what there is. */
const FIRST_LIST_MS = 4_000;
/** A watch is silent between two requests; only a longer gap is worth a word. */
const STALE_SECONDS = 10;

export class MeshReader {
  readonly #names: MeshNames;
  readonly #watch: MeshWatch;
  /** Settles when the first lists are in, or were waited for long enough. */
  readonly #begun: Promise<unknown>;
  #cached: {
    readonly watched: MeshObjects;
    readonly objects: MeshObjects;
    readonly mode: MeshModel["policyMode"];
    readonly model: MeshModel;
  } | null = null;

  constructor(watch: MeshWatch, names: MeshNames) {
    this.#watch = watch;
    this.#names = names;
    this.#begun = within(FIRST_LIST_MS, watch.whenSynced(), () => undefined);
  }

  async read(): Promise<MeshView> {
    await this.#begun;
    return this.now();
  }

  /** As read, without waiting. Translates only when an object or the mode changed. */
  now(): MeshView {
    const watched = this.#watch.objects();
    const meshConfig = this.#watch.meshConfig();
    const mode = policyMode(meshConfig);
    if (this.#cached?.watched !== watched || this.#cached.mode !== mode) {
      const unseen = this.#unseen().some(({ resource }) => resource === "namespaces");
      const objects = unseen ? withAssumedNamespaces(watched, this.#names.meshName) : watched;
      this.#cached = { watched, objects, mode, model: translate(objects, { ...this.#names, policyMode: mode }) };
    }
    const deployments = this.#watch.deployments();
    return {
      objects: this.#cached.objects,
      model: this.#cached.model,
      meshConfig,
      deployments,
      partial: this.#partial(),
    };
  }

  /** What the user's rights leave out. */
  #unseen(): readonly Unseen[] {
    return this.#watch.parts().flatMap(({ resource, seen }) => (seen === undefined ? [] : [{ resource, seen }]));
  }

  #partial(): readonly Partial[] {
    const forbidden = forbiddenPartial(this.#unseen());
    return [...(forbidden ? [forbidden] : []), ...this.#missing()];
  }

  #missing(): readonly Partial[] {
    const parts = this.#watch.parts();
    const worst = parts.find((part) => !part.synced) ?? parts.find((part) => part.error !== null);
    if (!worst) return [];
    if (worst.synced && this.#watch.staleSeconds() < STALE_SECONDS) return [];
    return [
      {
        part: "kubernetes",
        message: worst.error ?? `The Kubernetes API has not listed ${worst.resource} yet.`,
        hint: "It is tried again by itself; what was known before stays.",
        lastGoodAt: worst.lastGoodAt,
      },
    ];
  }
}

const NO_DEPLOYMENTS: readonly KubeObject[] = [];

/** What is known when there is no Kubernetes API to ask. */
export function withoutKubernetes(names: MeshNames, error: { message: string; hint?: string | undefined }): MeshView {
  return {
    objects: EMPTY_OBJECTS,
    model: translate(EMPTY_OBJECTS, { ...names, policyMode: "smi" }),
    meshConfig: null,
    deployments: NO_DEPLOYMENTS,
    partial: [{ part: "kubernetes", message: error.message, hint: error.hint ?? "", lastGoodAt: null }],
  };
}
