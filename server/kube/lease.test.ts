import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { kubeError } from "./errors";
import { elect } from "./lease";

/** One Lease with the API's optimistic locking. */
function leaseStore() {
  let live: KubeObject | null = null;
  let version = 0;
  const put = (object: KubeObject): KubeObject => {
    version += 1;
    live = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    return live;
  };
  return {
    holder: () => (live?.spec as { holderIdentity?: string } | undefined)?.holderIdentity,
    down: false,
    async find() {
      if (this.down) throw kubeError(500, {}, "read");
      return live;
    },
    async create(_: unknown, object: KubeObject) {
      if (live) throw kubeError(409, { reason: "AlreadyExists" }, "create");
      return put(object);
    },
    async replace(_: unknown, object: KubeObject) {
      if (object.metadata.resourceVersion !== String(version)) throw kubeError(409, { reason: "Conflict" }, "replace");
      return put(object);
    },
  };
}

const quiet = { info: () => undefined, warn: () => undefined };

function join(client: ReturnType<typeof leaseStore>, holder: string) {
  const changes: boolean[] = [];
  const options = { namespace: "osm-system", name: "l", leaseSeconds: 0.4, renewSeconds: 0.05, log: quiet };
  const election = elect({ ...options, client, holder, onChange: (leader) => changes.push(leader) });
  return { election, changes };
}

describe("elect", () => {
  it("has one leader, and the next one at once when it leaves", async () => {
    const store = leaseStore();
    const first = join(store, "a");
    await expect.poll(() => first.election.leader()).toBe(true);
    const second = join(store, "b");
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(second.election.leader()).toBe(false);
    await first.election.stop();
    expect(first.changes).toEqual([true, false]);
    await expect.poll(() => second.election.leader(), { timeout: 300 }).toBe(true);
    await second.election.stop();
    expect(store.holder()).toBe("");
  });

  it("takes over from one that stopped renewing, and leads again at once under the same name", async () => {
    const store = leaseStore();
    await store.create(null, {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { name: "l" },
      spec: { holderIdentity: "dead", leaseDurationSeconds: 0.2, renewTime: "x" },
    });
    const heir = join(store, "b");
    await expect.poll(() => heir.election.leader()).toBe(true);
    const restarted = join(store, "b");
    await expect.poll(() => restarted.election.leader(), { timeout: 150 }).toBe(true);
    await Promise.all([heir.election.stop(), restarted.election.stop()]);
  });

  it("stops leading before its lease ends when the API is away", async () => {
    const store = leaseStore();
    const only = join(store, "a");
    await expect.poll(() => only.election.leader()).toBe(true);
    store.down = true;
    await expect.poll(() => only.election.leader(), { timeout: 600 }).toBe(false);
    store.down = false;
    await expect.poll(() => only.election.leader(), { timeout: 300 }).toBe(true);
    await only.election.stop();
  });
});
