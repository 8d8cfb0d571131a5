import { describe, expect, it, vi } from "vitest";
import type { KubeObject, Pod } from "@/lib/kube/objects";
import { setMembership } from "./namespaces-write";
import { readRollouts, restartAll } from "./rollouts";

const SETTINGS = { meshName: "osm", controlNamespace: "osm-system" };

function namespace(labels: Record<string, string> = {}): KubeObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", resourceVersion: "7", labels } };
}

function fake(live: KubeObject) {
  return { get: vi.fn(async () => live), patch: vi.fn(async () => live), list: vi.fn() };
}

describe("setMembership", () => {
  it("adds and takes away label and annotation, based on the version that was looked at", async () => {
    const client = fake(namespace());
    await setMembership(client, SETTINGS, { name: "shop", meshed: true, resourceVersion: "7", dryRun: true });
    const label = "openservicemesh.io/monitored-by";
    const annotations = { "openservicemesh.io/sidecar-injection": "enabled" };
    const labels = { [label]: "osm", "openservicemesh.io/ignore": null };
    const patch = { metadata: { resourceVersion: "7", labels, annotations } };
    expect(client.patch).toHaveBeenCalledWith(expect.anything(), { name: "shop" }, patch, {
      type: "merge",
      dryRun: true,
    });
    await setMembership(client, SETTINGS, { name: "shop", meshed: false, resourceVersion: "7" });
    expect(client.patch.mock.lastCall).toMatchObject([{}, {}, { metadata: { labels: { [label]: null } } }, {}]);
  });

  it.each([
    ["it changed meanwhile", namespace(), { name: "shop", resourceVersion: "6" }, "conflict"],
    [
      "another mesh has it",
      namespace({ "openservicemesh.io/monitored-by": "x" }),
      { name: "shop", resourceVersion: "7" },
      "conflict",
    ],
    ["it is the control plane's", namespace(), { name: "osm-system", resourceVersion: "7" }, "invalid_request"],
  ])("writes nothing when %s", async (_why, live, change, code) => {
    const client = fake(live);
    await expect(setMembership(client, SETTINGS, { meshed: true, ...change })).rejects.toMatchObject({ code });
    expect(client.patch).not.toHaveBeenCalled();
  });
});

describe("rollouts", () => {
  const deployment = (name: string, replicas: number, status: object): KubeObject => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "shop", generation: 2 },
    spec: { replicas },
    status,
  });
  const all = { observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };

  it("are done when the controller saw them, the old pods are gone and the new ones serve", async () => {
    const items = [
      deployment("a", 1, all),
      deployment("b", 1, { ...all, observedGeneration: 1 }),
      deployment("c", 1, { ...all, replicas: 2 }),
      deployment("d", 2, all),
    ];
    const client = { list: async () => ({ items, resourceVersion: "1" }) };
    const { items: read } = await readRollouts(client, { namespace: "shop", pods: [] });
    expect(read.map(({ done }) => done)).toEqual([true, false, false, false]);
  });

  it("say why they do not get on: a pod that waits, else what the Deployment's controller says", async () => {
    const stuck = [{ type: "Progressing", status: "False", message: "deadline exceeded" }];
    const items = [deployment("a", 2, all), deployment("b", 2, { ...all, conditions: stuck }), deployment("c", 1, all)];
    const waiting = { name: "app", state: { waiting: { reason: "CrashLoopBackOff" } } };
    const pod = (owner: string): Pod => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        ...{ name: `${owner}-1`, namespace: "shop" },
        ownerReferences: [{ apiVersion: "apps/v1", kind: "Deployment", name: owner, uid: "u", controller: true }],
      },
      status: { phase: "Running", containerStatuses: [waiting] },
    });
    const client = { list: async () => ({ items, resourceVersion: "1" }) };
    const { items: read } = await readRollouts(client, { namespace: "shop", pods: [pod("a"), pod("c")] });
    expect(read.map(({ problem }) => problem)).toEqual([
      "Pod a-1 waits: CrashLoopBackOff of app.",
      "deadline exceeded",
      null,
    ]);
  });

  it("restarts what runs, as kubectl does", async () => {
    const items = [deployment("a", 1, all), deployment("zero", 0, {})];
    const client = { list: async () => ({ items, resourceVersion: "1" }), patch: vi.fn(async () => namespace()) };
    await restartAll(client, { namespace: "shop", pods: [], now: new Date(0) });
    expect(client.patch).toHaveBeenCalledTimes(1);
    const annotations = { "kubectl.kubernetes.io/restartedAt": "1970-01-01T00:00:00.000Z" };
    const patch = { spec: { template: { metadata: { annotations } } } };
    expect(client.patch).toHaveBeenCalledWith(expect.anything(), { namespace: "shop", name: "a" }, patch, {
      type: "strategic",
    });
    const none = { ...client, list: async () => ({ items: [], resourceVersion: "1" }) };
    await expect(restartAll(none, { namespace: "shop", pods: [], now: new Date(0) })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
