import { createHash } from "node:crypto";
import type { KubeObject } from "@/lib/kube/objects";
import type { MeshObjects } from "@/lib/mesh/input";
import type { MeshIdentity, MeshModel } from "@/lib/mesh/model";
import { type BootstrapInput, bootstrapFiles, bootstrapSecretName } from "@/server/inject/bootstrap";
import type { KubeClient } from "@/server/kube/client";
import { ensure } from "@/server/kube/ensure";
import { isNotFound } from "@/server/kube/errors";
import { SECRETS } from "@/server/kube/resource";
import type { Authority } from "@/server/pki/authority";
import { renewAt } from "@/server/pki/policy";

export const BOOTSTRAP_LABEL = "meshdeck.io/bootstrap";
const RENEW_ANNOTATION = "meshdeck.io/renew-after";
const CONTENT_ANNOTATION = "meshdeck.io/bootstrap-content";

export interface BootstrapSecretsOptions {
  readonly client: KubeClient;
  readonly authority: Authority;
  readonly controller: BootstrapInput["controller"];
}

export interface BootstrapWork {
  readonly model: MeshModel;
  readonly objects: MeshObjects;
  /** Every Secret with BOOTSTRAP_LABEL there is. */
  readonly secrets: readonly KubeObject[];
  readonly validitySeconds: number;
}

/** Keeps one bootstrap Secret per identity of the mesh. */
export class BootstrapSecrets {
  readonly #options: BootstrapSecretsOptions;
  /** Hash of everything but the certificate, which is new each time. */
  readonly #settings: string;

  constructor(options: BootstrapSecretsOptions) {
    this.#options = options;
    const { controller, authority } = options;
    const files = bootstrapFiles({ controller, certificatePem: "", keyPem: "", rootsPem: authority.rootPem });
    this.#settings = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 32);
  }

  /**
   * Makes the Secret of every identity what it should be: there, for this controller and root, and not near its end.
   * Deletes those of identities that left the mesh. Returns the Unix milliseconds at which the next one is due. One
   * Secret that fails does not keep the others; the first failure is thrown when all were tried.
   */
  async reconcile(work: BootstrapWork, now = Date.now()): Promise<number | null> {
    const { client } = this.#options;
    const live = new Map(work.secrets.map((secret) => [keyOf(secret.metadata), secret]));
    const accounts = new Map(work.objects.serviceAccounts.map(({ metadata }) => [keyOf(metadata), metadata.uid]));
    const tasks: (() => Promise<unknown>)[] = [];
    let next: number | null = null;
    for (const identity of Object.values(work.model.identities)) {
      const id = `${identity.namespace}/${bootstrapSecretName(identity.serviceAccount)}`;
      const due = this.#dueAt(live.get(id), identity);
      live.delete(id);
      if (due > now) next = Math.min(next ?? due, due);
      else {
        const owner = accounts.get(identity.key);
        tasks.push(() => ensure(client, SECRETS, this.#secret(identity, owner, work.validitySeconds)));
      }
    }
    for (const { metadata } of live.values()) {
      const ref = { name: metadata.name, ...(metadata.namespace ? { namespace: metadata.namespace } : {}) };
      tasks.push(() => client.delete(SECRETS, ref).catch(unlessNotFound));
    }
    const failures: unknown[] = [];
    await inParallel(tasks, 8, (error) => failures.push(error));
    if (failures.length > 0) throw failures[0];
    return next;
  }

  #dueAt(secret: KubeObject | undefined, identity: MeshIdentity): number {
    const annotations = secret?.metadata.annotations;
    if (annotations?.[CONTENT_ANNOTATION] !== this.#content(identity)) return 0;
    return Date.parse(annotations[RENEW_ANNOTATION] ?? "") || 0;
  }

  #content(identity: MeshIdentity): string {
    return `${this.#settings} ${identity.spiffeId}`;
  }

  #secret(identity: MeshIdentity, ownerUid: string | undefined, validitySeconds: number): KubeObject {
    const { authority, controller } = this.#options;
    const names = { dnsNames: [identity.dnsName], uris: [identity.spiffeId] };
    const issued = authority.issue({ ...names, validitySeconds, usages: ["client"] });
    const files = bootstrapFiles({ controller, ...issued, rootsPem: authority.rootPem });
    const owner = { apiVersion: "v1", kind: "ServiceAccount", name: identity.serviceAccount };
    return {
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        namespace: identity.namespace,
        name: bootstrapSecretName(identity.serviceAccount),
        labels: { "app.kubernetes.io/managed-by": "meshdeck", [BOOTSTRAP_LABEL]: "true" },
        annotations: {
          [RENEW_ANNOTATION]: new Date(renewAt(issued, Math.random())).toISOString(),
          [CONTENT_ANNOTATION]: this.#content(identity),
        },
        // With its ServiceAccount the credentials go too, also while no controller runs.
        ...(ownerUid ? { ownerReferences: [{ ...owner, uid: ownerUid }] } : {}),
      },
      type: "Opaque",
      data: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, base64(text)])),
    };
  }
}

function keyOf(metadata: KubeObject["metadata"]): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function unlessNotFound(error: unknown): void {
  if (!isNotFound(error)) throw error;
}

async function inParallel(
  tasks: (() => Promise<unknown>)[],
  width: number,
  onError: (error: unknown) => void,
): Promise<void> {
  const rest = tasks.values();
  const worker = async () => {
    for (const task of rest) await task().catch(onError);
  };
  await Promise.all(Array.from({ length: Math.min(width, tasks.length) }, worker));
}
