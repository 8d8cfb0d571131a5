import { expect, test } from "vitest";
import { textAt } from "@/server/local/api/object";
import { onEveryApi, until } from "../support/kube-api";

onEveryApi("deletion", (suite) => {
  const gone = (path: string) =>
    until(
      async () => (await suite.api.get(path)).status,
      (status) => status === 404,
    );
  const maps = async () => `/api/v1/namespaces/${await suite.namespace()}/configmaps`;

  async function family(): Promise<{ owner: string; child: string }> {
    const path = await maps();
    const made = await suite.api.post(path, { metadata: { name: "owner" } });
    const reference = { apiVersion: "v1", kind: "ConfigMap", name: "owner", uid: textAt(made.body, "metadata", "uid") };
    const ownerReferences = [{ ...reference, blockOwnerDeletion: true }];
    await suite.api.post(path, { metadata: { name: "child", ownerReferences } });
    return { owner: `${path}/owner`, child: `${path}/child` };
  }

  test("preconditions that do not hold are a conflict", async () => {
    const path = await maps();
    const made = await suite.api.post(path, { metadata: { name: "m" } });
    for (const preconditions of [{ uid: "other" }, { resourceVersion: "1" }]) {
      expect(await suite.api.delete(`${path}/m`, { preconditions })).toMatchObject({
        status: 409,
        body: { reason: "Conflict" },
      });
    }
    const preconditions = { uid: textAt(made.body, "metadata", "uid") };
    expect((await suite.api.delete(`${path}/m`, { preconditions })).status).toBe(200);
    expect((await suite.api.delete(`${path}/m`)).status).toBe(404);
  });

  test("finalizers keep an object until the last one is taken away", async () => {
    const path = await maps();
    await suite.api.post(path, { metadata: { name: "m", finalizers: ["contract.meshdeck.io/hold"] } });
    expect((await suite.api.delete(`${path}/m`)).body).toMatchObject({
      metadata: { deletionTimestamp: expect.any(String) },
    });
    expect((await suite.api.get(`${path}/m`)).status).toBe(200);
    expect((await suite.api.patch(`${path}/m`, "merge", { metadata: { finalizers: [] } })).status).toBe(200);
    expect((await suite.api.get(`${path}/m`)).status).toBe(404);
  });

  test("a placed Pod gets its grace, and goes at once with grace 0", async () => {
    const path = `/api/v1/namespaces/${await suite.namespace()}/pods`;
    const spec = { nodeName: "n", terminationGracePeriodSeconds: 40, containers: [{ name: "c", image: "i:1" }] };
    await suite.api.post(path, { metadata: { name: "p" }, spec });
    expect((await suite.api.delete(`${path}/p`)).body).toMatchObject({ metadata: { deletionGracePeriodSeconds: 40 } });
    const shorter = await suite.api.delete(`${path}/p`, { gracePeriodSeconds: 5 });
    expect(shorter.body).toMatchObject({ metadata: { deletionGracePeriodSeconds: 5 } });
    expect((await suite.api.delete(`${path}/p`, { gracePeriodSeconds: 0 })).status).toBe(200);
    expect((await suite.api.get(`${path}/p`)).status).toBe(404);
  });

  suite.having("collectors")("background: dependents go after their owner", async () => {
    const { owner, child } = await family();
    await suite.api.delete(owner, { propagationPolicy: "Background" });
    expect((await suite.api.get(owner)).status).toBe(404);
    await gone(child);
  });

  suite.having("collectors")("foreground: the owner goes last", async () => {
    const { owner, child } = await family();
    await suite.api.delete(owner, { propagationPolicy: "Foreground" });
    await gone(owner);
    expect((await suite.api.get(child)).status).toBe(404);
  });

  suite.having("collectors")("orphan: dependents stay without owner", async () => {
    const { owner, child } = await family();
    await suite.api.delete(owner, { propagationPolicy: "Orphan" });
    await gone(owner);
    expect((await suite.api.get(child)).body).not.toMatchObject({ metadata: { ownerReferences: [{}] } });
  });

  suite.having("collectors")("a namespace takes its content along and lets nothing in meanwhile", async () => {
    const path = await maps();
    const namespace = path.replace("/configmaps", "");
    await suite.api.post(path, { metadata: { name: "held", finalizers: ["contract.meshdeck.io/hold"] } });
    await suite.api.post(path, { metadata: { name: "m" } });
    expect((await suite.api.delete(namespace)).body).toMatchObject({ status: { phase: "Terminating" } });
    await gone(`${path}/m`);
    const late = await suite.api.post(path, { metadata: { name: "late" } });
    expect(late).toMatchObject({ status: 403, body: { details: { causes: [{ reason: "NamespaceTerminating" }] } } });
    await suite.api.patch(`${path}/held`, "merge", { metadata: { finalizers: [] } });
    await gone(namespace);
  });

  test("a namespace every cluster has may not be deleted", async () => {
    expect((await suite.api.delete("/api/v1/namespaces/kube-system")).status).toBe(403);
  });
});
