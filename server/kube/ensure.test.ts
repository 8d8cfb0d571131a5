import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { ensure, says } from "./ensure";
import { kubeError } from "./errors";
import { CONFIG_MAPS } from "./resource";

const wanted: KubeObject = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { namespace: "a", name: "b" },
  data: { x: "1" },
};

function store(live: KubeObject | null, conflicts = 0) {
  const calls: string[] = [];
  let left = conflicts;
  const write = (verb: string) => async (_: unknown, object: KubeObject) => {
    calls.push(verb);
    left -= 1;
    if (left >= 0) throw kubeError(409, { reason: "Conflict", message: "changed" }, verb);
    return object;
  };
  const client = { find: async () => live, create: write("create"), replace: write("replace") };
  return { calls, client };
}

describe("ensure", () => {
  it("creates what is missing", async () => {
    const { calls, client } = store(null);
    expect(await ensure(client, CONFIG_MAPS, wanted)).toBe(wanted);
    expect(calls).toEqual(["create"]);
  });

  it("writes nothing when the object says it already, whatever else it says", async () => {
    const live = { ...wanted, metadata: { ...wanted.metadata, labels: { a: "b" } }, data: { x: "1", y: "2" } };
    const { calls, client } = store(live);
    expect(await ensure(client, CONFIG_MAPS, wanted)).toBe(live);
    expect(calls).toEqual([]);
  });

  it("replaces with what others wrote kept, on their version", async () => {
    const live = { ...wanted, metadata: { ...wanted.metadata, resourceVersion: "7" }, data: { x: "0", y: "2" } };
    const { client } = store(live, 2);
    expect(await ensure(client, CONFIG_MAPS, wanted)).toMatchObject({
      metadata: { resourceVersion: "7" },
      data: { x: "1", y: "2" },
    });
  });

  it("gives up when every attempt meets another's write", async () => {
    const { calls, client } = store(null, 9);
    await expect(ensure(client, CONFIG_MAPS, wanted)).rejects.toMatchObject({ code: "conflict" });
    expect(calls).toHaveLength(4);
  });
});

describe("says", () => {
  it("does not take a longer list for the same", () => {
    expect(says({ a: [1, 2] }, { a: [1] })).toBe(false);
    expect(says({ a: [{ b: 1, c: 2 }] }, { a: [{ b: 1 }] })).toBe(true);
  });
});
