import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFakeCluster } from "../../../test/support/fake-cluster";
import { type ClusterStore, DEPLOYMENTS, PODS } from "../cluster";
import { runDeploymentController } from "./deployments";

const deployment = (replicas: number, image = "a") => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "shop", namespace: "n", uid: "d1", generation: 1 },
  spec: {
    replicas,
    selector: { matchLabels: { app: "shop" } },
    template: { metadata: { labels: { app: "shop" } }, spec: { containers: [{ name: "c", image }] } },
  },
});

describe("the deployment controller", () => {
  let store: ClusterStore;
  let stop: () => Promise<void>;
  beforeEach(async () => {
    store = createFakeCluster();
    stop = await runDeploymentController({ store, record: () => {}, log: { warn: () => {} } });
  });
  afterEach(() => stop());

  const settle = async () => {
    for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  const pods = async () => (await store.list(PODS, "n")).map((pod) => pod.metadata);
  const makeReady = async () => {
    for (const { name } of await pods()) {
      const status = { podIP: "127.10.1.1", conditions: [{ type: "Ready", status: "True" }] };
      await store.merge(PODS, { namespace: "n", name }, { status });
    }
    await settle();
  };

  it("makes pods that it owns, scales them, and replaces deleted ones", async () => {
    await store.create(DEPLOYMENTS, deployment(2));
    await settle();
    const [first] = await pods();
    expect(await pods()).toHaveLength(2);
    expect(first?.ownerReferences?.[0]).toMatchObject({ kind: "Deployment", uid: "d1", controller: true });
    expect(first?.labels).toMatchObject({ app: "shop", "pod-template-hash": expect.stringMatching(/^[a-z0-9]{10}$/) });
    await store.delete(PODS, { namespace: "n", name: first?.name ?? "" });
    await settle();
    expect(await pods()).toHaveLength(2);
    await store.merge(DEPLOYMENTS, { namespace: "n", name: "shop" }, { spec: { replicas: 0 } });
    await settle();
    expect(await pods()).toEqual([]);
  });

  it("rolls to a new template without going below the wanted number, and says when it is done", async () => {
    await store.create(DEPLOYMENTS, deployment(1));
    await settle();
    await makeReady();
    const [old] = await pods();
    await store.merge(DEPLOYMENTS, { namespace: "n", name: "shop" }, deployment(1, "b"));
    await settle();
    expect((await pods()).map((pod) => pod.name)).toContain(old?.name);
    await makeReady();
    await settle();
    const left = await pods();
    expect(left).toHaveLength(1);
    expect(left[0]?.name).not.toBe(old?.name);
    const { status } = await store.get(DEPLOYMENTS, { namespace: "n", name: "shop" });
    expect(status).toMatchObject({ updatedReplicas: 1, availableReplicas: 1, replicas: 1 });
  });
});
