import { AppError } from "@/lib/contract/errors";
import { CA_BUNDLE_SECRET_NAME } from "@/lib/kube/names";
import type { KubeObject } from "@/lib/kube/objects";
import type { KubeClient } from "@/server/kube/client";
import { ensure } from "@/server/kube/ensure";
import { isConflict } from "@/server/kube/errors";
import { CONFIG_MAPS, SECRETS } from "@/server/kube/resource";
import { type Authority, createAuthority, loadAuthority } from "@/server/pki/authority";

/** OSM's: name, lifetime of ten years, and the keys of its Secret. */
const COMMON_NAME = "osm-ca.openservicemesh.io";
const VALIDITY_SECONDS = 87_600 * 3600;
const CERTIFICATE_KEY = "ca.crt";
const PRIVATE_KEY = "private.key";

/**
 * The mesh's root: the one in Secret osm-ca-bundle, else a new one, stored there before it is used. Replicas that start
 * together agree, because only one of them creates the Secret. Its public part also stands in the ConfigMap of that name.
 */
export async function openRoot(client: KubeClient, namespace: string): Promise<Authority> {
  const authority = (await stored(client, namespace)) ?? (await createStored(client, namespace));
  await ensure(client, CONFIG_MAPS, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name: CA_BUNDLE_SECRET_NAME },
    data: { [CERTIFICATE_KEY]: authority.rootPem },
  });
  return authority;
}

async function stored(client: KubeClient, namespace: string): Promise<Authority | null> {
  const secret = await client.find(SECRETS, { namespace, name: CA_BUNDLE_SECRET_NAME });
  if (!secret) return null;
  const data = (secret.data ?? {}) as Record<string, string | undefined>;
  const certificatePem = decode(data[CERTIFICATE_KEY]);
  const keyPem = decode(data[PRIVATE_KEY]);
  if (certificatePem && keyPem) return loadAuthority({ certificatePem, keyPem });
  throw new AppError(
    "unprocessable",
    `Secret ${namespace}/${CA_BUNDLE_SECRET_NAME} has no ${certificatePem ? PRIVATE_KEY : CERTIFICATE_KEY}.`,
    { hint: `Put ${CERTIFICATE_KEY} and ${PRIVATE_KEY} into it, or delete it to have a new root made.` },
  );
}

async function createStored(client: KubeClient, namespace: string): Promise<Authority> {
  const authority = await createAuthority({ commonName: COMMON_NAME, validitySeconds: VALIDITY_SECONDS });
  const secret: KubeObject = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { namespace, name: CA_BUNDLE_SECRET_NAME, labels: { "app.kubernetes.io/managed-by": "meshdeck" } },
    type: "Opaque",
    data: {
      [CERTIFICATE_KEY]: Buffer.from(authority.rootPem).toString("base64"),
      [PRIVATE_KEY]: Buffer.from(authority.keyPem).toString("base64"),
    },
  };
  try {
    await client.create(SECRETS, secret);
    return authority;
  } catch (error) {
    const other = isConflict(error) ? await stored(client, namespace) : null;
    if (other) return other;
    throw error;
  }
}

function decode(value: string | undefined): string {
  return value ? Buffer.from(value, "base64").toString("utf8") : "";
}
