import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KubeError } from "./errors";
import { PermittedReflector } from "./permitted-reflector";
import { PODS, type Resource } from "./resource";
import type { WatchOptions } from "./watch";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** A cluster with one pod in each namespace; `may` says where pods may be seen, "" being everywhere. */
function cluster(may: Set<string>) {
  const refuse = () => new KubeError(403, "Forbidden", { message: "no" });
  const pod = (namespace: string) => ({ apiVersion: "v1", kind: "Pod", metadata: { namespace, name: "p" } });
  const watches: { namespace: string; end: (error: Error) => void }[] = [];
  let lists = 0;
  const client = {
    async list(_: Resource, { namespace = "" }: { namespace?: string | undefined }) {
      if (namespace === "") lists += 1;
      if (!may.has(namespace)) throw refuse();
      return { items: (namespace === "" ? ["a", "b"] : [namespace]).map(pod), resourceVersion: "1" };
    },
    watch(_: Resource, { namespace = "", signal, onOpen }: WatchOptions & { namespace?: string | undefined }) {
      if (!may.has(namespace)) return Promise.reject(refuse());
      onOpen?.();
      return new Promise<void>((resolve, reject) => {
        signal.addEventListener("abort", () => resolve());
        watches.push({ namespace, end: reject });
      });
    },
  };
  /** The API ends every watch that is no longer allowed, as it does when it starts anew. */
  const endRefused = () => {
    for (const { namespace, end } of watches) if (!may.has(namespace)) end(refuse());
  };
  return { client, endRefused, lists: () => lists };
}

function start(may: Set<string>, names: () => Promise<readonly string[]> = async () => ["a", "b"]) {
  const { client, endRefused, lists } = cluster(may);
  const onChange = vi.fn();
  const mayWatch = async (namespace: string) => may.has(namespace) || may.has("");
  const reflector = new PermittedReflector(
    { client, resource: PODS, name: "pods", onChange },
    { mayWatch, namespaces: names },
  );
  void reflector.start();
  const seen = () => reflector.objects().map(({ metadata }) => metadata.namespace);
  return { reflector, seen, onChange, endRefused, lists };
}

describe("PermittedReflector", () => {
  it("sees the namespaces it may, and one more within ten seconds of the right", async () => {
    const may = new Set(["a"]);
    const { reflector, seen } = start(may);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen()).toEqual(["a"]);
    expect(reflector.state().seen).toEqual(["a"]);
    may.add("b");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen()).toEqual(["a", "b"]);
    may.delete("a");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(seen()).toEqual(["b"]);
    reflector.stop();
  });

  it("sees everything once that is allowed, also for the second time", async () => {
    const may = new Set(["a"]);
    const { reflector, seen, endRefused } = start(may);
    await vi.advanceTimersByTimeAsync(1_000);
    may.add("");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen()).toEqual(["a", "b"]);
    expect(reflector.state().seen).toBeUndefined();
    may.delete("");
    endRefused();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(seen()).toEqual(["a"]);
    may.add("");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen()).toEqual(["a", "b"]);
    reflector.stop();
  });

  it("waits until it is known which namespaces there are", async () => {
    let tell: (names: readonly string[]) => void = () => undefined;
    const known = new Promise<readonly string[]>((resolve) => {
      tell = resolve;
    });
    const { reflector, seen } = start(new Set(["b"]), () => known);
    const synced = vi.fn();
    void reflector.whenSynced().then(synced);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(synced).not.toHaveBeenCalled();
    tell(["a", "b"]);
    await vi.advanceTimersByTimeAsync(100);
    expect(seen()).toEqual(["b"]);
    expect(synced).toHaveBeenCalled();
    reflector.stop();
  });

  it("does not ask for the whole cluster while some namespace may not be seen", async () => {
    const { reflector, lists } = start(new Set(["a"]));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lists()).toBe(1);
    reflector.stop();
  });

  it("asks for the whole cluster at every look while all that is known may be seen, and for a kind of no namespace", async () => {
    const { reflector, lists } = start(new Set(["a", "b"]));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lists()).toBeGreaterThanOrEqual(5);
    expect(lists()).toBeLessThanOrEqual(8);
    reflector.stop();
  });

  it.each([
    ["the whole cluster", [""], ["a", "b"]],
    ["a namespace", ["a"], ["a"]],
  ])("keeps %s while an API server that has just started refuses everybody", async (_, rights, shown) => {
    const may = new Set(rights);
    const { reflector, seen, endRefused } = start(may);
    await vi.advanceTimersByTimeAsync(9_500);
    expect(seen()).toEqual(shown);
    may.clear();
    endRefused();
    for (let second = 0; second < 4; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      expect(seen()).toEqual(shown);
    }
    for (const right of rights) may.add(right);
    for (let second = 0; second < 30; second += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      expect(seen()).toEqual(shown);
    }
    reflector.stop();
  });

  it("says nothing of looks that find nothing new", async () => {
    const { reflector, onChange } = start(new Set(["a"]));
    await vi.advanceTimersByTimeAsync(1_000);
    onChange.mockClear();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onChange).not.toHaveBeenCalled();
    reflector.stop();
  });
});
