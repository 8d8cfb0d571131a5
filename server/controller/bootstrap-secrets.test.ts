import { X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { EMPTY_OBJECTS, type MeshObjects } from "@/lib/mesh/input";
import { translate } from "@/lib/mesh/translate";
import type { KubeClient } from "@/server/kube/client";
import { kubeError } from "@/server/kube/errors";
import { type Authority, createAuthority } from "@/server/pki/authority";
import { BootstrapSecrets } from "./bootstrap-secrets";

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority({ commonName: "root", validitySeconds: 10 * 86_400 });
});

function mesh(...names: string[]) {
  const objects = {
    ...EMPTY_OBJECTS,
    namespaces: [
      {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "shop", labels: { "openservicemesh.io/monitored-by": "osm" } },
      },
    ],
    serviceAccounts: names.map((name) => ({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { namespace: "shop", name, uid: `uid-${name}` },
    })),
  } as MeshObjects;
  const model = translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" });
  return { objects, model, validitySeconds: 86_400 };
}

function secretStore(failing: readonly string[] = []) {
  const secrets = new Map<string, KubeObject>();
  const put = async (_: unknown, object: KubeObject) => {
    if (failing.includes(object.metadata.name)) throw kubeError(500, {}, "write");
    secrets.set(object.metadata.name, object);
    return object;
  };
  const client = {
    find: async (_: unknown, ref: { name: string }) => secrets.get(ref.name) ?? null,
    create: put,
    replace: put,
    delete: async (_: unknown, ref: { name: string }) => void secrets.delete(ref.name),
  } as unknown as KubeClient;
  return { secrets, client, all: () => [...secrets.values()] };
}

const controller = { host: "127.0.0.1", port: 15128, serverName: "meshdeck-controller.osm-system.svc" };

describe("BootstrapSecrets", () => {
  it("makes one per identity, owned by its ServiceAccount, with a certificate that says who it is", async () => {
    const store = secretStore();
    const keeper = new BootstrapSecrets({ client: store.client, authority, controller });
    await keeper.reconcile({ ...mesh("web"), secrets: [] });
    const secret = store.secrets.get("meshdeck-bootstrap-web");
    expect(secret?.metadata.ownerReferences).toMatchObject([{ kind: "ServiceAccount", name: "web", uid: "uid-web" }]);
    const data = secret?.data as Record<string, string>;
    expect(Object.keys(data).sort()).toEqual([
      "bootstrap.json",
      "ca.crt",
      "sds-ca.json",
      "sds-client.json",
      "tls.crt",
      "tls.key",
    ]);
    const certificate = new X509Certificate(Buffer.from(data["tls.crt"] ?? "", "base64"));
    expect(certificate.subjectAltName).toContain("URI:spiffe://cluster.local/web/shop");
  });

  it("leaves what is good alone, and says when the first is due", async () => {
    const store = secretStore();
    const keeper = new BootstrapSecrets({ client: store.client, authority, controller });
    await keeper.reconcile({ ...mesh("web", "db"), secrets: [] });
    const before = store.all();
    const due = await keeper.reconcile({ ...mesh("web", "db"), secrets: before });
    expect(store.all()).toEqual(before);
    expect((due ?? 0) - Date.now()).toBeGreaterThan(12 * 3600_000);
    await keeper.reconcile({ ...mesh("web", "db"), secrets: before }, (due ?? 0) + 1);
    expect(store.all()).not.toEqual(before);
  });

  it("makes them anew for another controller address, and deletes those of identities that left", async () => {
    const store = secretStore();
    await new BootstrapSecrets({ client: store.client, authority, controller }).reconcile({
      ...mesh("web", "db"),
      secrets: [],
    });
    const before = store.secrets.get("meshdeck-bootstrap-web");
    const moved = new BootstrapSecrets({ client: store.client, authority, controller: { ...controller, port: 1 } });
    await moved.reconcile({ ...mesh("web"), secrets: store.all() });
    expect([...store.secrets.keys()]).toEqual(["meshdeck-bootstrap-web"]);
    expect(store.secrets.get("meshdeck-bootstrap-web")?.data).not.toEqual(before?.data);
  });

  it("does not let one that fails keep the others", async () => {
    const store = secretStore(["meshdeck-bootstrap-a"]);
    const keeper = new BootstrapSecrets({ client: store.client, authority, controller });
    await expect(keeper.reconcile({ ...mesh("a", "b", "c"), secrets: [] })).rejects.toThrow();
    expect([...store.secrets.keys()].sort()).toEqual(["meshdeck-bootstrap-b", "meshdeck-bootstrap-c"]);
  });
});
