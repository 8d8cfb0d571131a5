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

/**
 * Makes the bootstrap Secret of every identity what it should be: there, for this controller and root, and not near its
 * end. Deletes those of identities that left the mesh. Returns the Unix milliseconds at which the next one is due.
 * One Secret that fails does not keep the others; the first failure is thrown when all were tried.
 */
export async function reconcileBootstrap(
  options: BootstrapSecretsOptions,
  work: BootstrapWork,
): Promise<number | null> {
  const now = Date.now();
  const live = new Map(work.secrets.map((secret) => [`${secret.metadata.namespace}/${secret.metadata.name}`, secret]));
  const accounts = new Map(
    work.objects.serviceAccounts.map((a) => [`${a.metadata.namespace}/${a.metadata.name}`, a.metadata.uid]),
  );
  const failures: unknown[] = [];
  let next: number | null = null;
  const tasks: (() => Promise<unknown>)[] = [];
  for (const identity of Object.values(work.model.identities)) {
    const id = `${identity.namespace}/${bootstrapSecretName(identity.serviceAccount)}`;
    const content = contentHash(options, identity);
    const due = dueAt(live.get(id), content);
    live.delete(id);
    if (due > now) next = Math.min(next ?? due, due);
    else
      tasks.push(() =>
        ensure(
          options.client,
          SECRETS,
          secretFor(options, identity, {
            content,
            uid: accounts.get(identity.key),
            validitySeconds: work.validitySeconds,
          }),
        ),
      );
  }
  for (const { metadata } of live.values()) {
    const ref = { name: metadata.name, ...(metadata.namespace ? { namespace: metadata.namespace } : {}) };
    tasks.push(() =>
      options.client.delete(SECRETS, ref).catch((error) => (isNotFound(error) ? undefined : Promise.reject(error))),
    );
  }
  await inParallel(tasks, 8, (error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
  return next;
}

function dueAt(secret: KubeObject | undefined, content: string): number {
  const annotations = secret?.metadata.annotations;
  if (annotations?.[CONTENT_ANNOTATION] !== content) return 0;
  return Date.parse(annotations[RENEW_ANNOTATION] ?? "") || 0;
}

/** Of everything but the certificate, which is new each time. */
function contentHash({ controller, authority }: BootstrapSecretsOptions, identity: MeshIdentity): string {
  const files = bootstrapFiles({ controller, certificatePem: "", keyPem: "", rootsPem: authority.rootPem });
  return createHash("sha256")
    .update(JSON.stringify([files, identity.spiffeId]))
    .digest("hex")
    .slice(0, 32);
}

function secretFor(
  { authority, controller }: BootstrapSecretsOptions,
  identity: MeshIdentity,
  about: { content: string; uid: string | undefined; validitySeconds: number },
): KubeObject {
  const { validitySeconds } = about;
  const issued = authority.issue({
    dnsNames: [identity.dnsName],
    uris: [identity.spiffeId],
    validitySeconds,
    usages: ["client"],
  });
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
        [CONTENT_ANNOTATION]: about.content,
      },
      ...(about.uid ? { ownerReferences: [{ ...owner, uid: about.uid }] } : {}),
    },
    type: "Opaque",
    data: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text).toString("base64")])),
  };
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
