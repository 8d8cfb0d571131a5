import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import { kubeError } from "./errors";
import { Reflector } from "./reflector";
import type { Resource } from "./resource";
import type { WatchOptions } from "./watch";

const PODS: Resource = { group: "", version: "v1", plural: "pods" };

function pod(name: string, resourceVersion: string): KubeObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { namespace: "demo", name, resourceVersion, uid: name } };
}

/** An API whose lists and watches are scripted: each call takes the next step. */
function scripted(lists: (() => KubeObject[])[], watches: ((options: WatchOptions) => Promise<void>)[]) {
  const versions: string[] = [];
  const hang = (options: WatchOptions) =>
    new Promise<void>((resolve) => {
      options.onOpen?.();
      options.signal.addEventListener("abort", () => resolve());
    });
  let listed = 0;
  return {
    versions,
    lists: () => listed,
    client: {
      async list() {
        listed += 1;
        const items = (lists.shift() ?? (() => []))();
        return { items, resourceVersion: `list-${listed}` };
      },
      async watch(_: Resource, options: WatchOptions) {
        versions.push(options.resourceVersion);
        await (watches.shift() ?? hang)(options);
      },
    },
  };
}

function reflect(api: ReturnType<typeof scripted>) {
  let changes = 0;
  const reflector = new Reflector({
    client: api.client,
    resource: PODS,
    name: "pods",
    backoff: { next: () => 1, reset: () => undefined },
    onChange: () => {
      changes += 1;
    },
  });
  const ended = reflector.start();
  const end = () => {
    reflector.stop();
    return ended;
  };
  return { reflector, changes: () => changes, end };
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400 && !condition(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
}

describe("Reflector", () => {
  it("lists, then follows events, and keeps references of what did not change", async () => {
    let send: WatchOptions["onEvent"] = () => undefined;
    const api = scripted(
      [() => [pod("a", "1"), pod("b", "2")]],
      [
        async (options) => {
          send = options.onEvent;
          options.onOpen?.();
          await new Promise<void>((resolve) => options.signal.addEventListener("abort", () => resolve()));
        },
      ],
    );
    const { reflector, changes, end } = reflect(api);
    await reflector.whenSynced();
    const first = reflector.objects();
    expect(first.map((object) => object.metadata.name)).toEqual(["a", "b"]);
    expect(reflector.objects()).toBe(first);
    await until(() => reflector.state().connected);
    send({ type: "MODIFIED", object: pod("a", "3") });
    send({ type: "DELETED", object: pod("b", "4") });
    send({ type: "BOOKMARK", object: { apiVersion: "v1", kind: "Pod", metadata: { name: "", resourceVersion: "9" } } });
    expect(reflector.objects().map((object) => object.metadata.resourceVersion)).toEqual(["3"]);
    expect(Object.isFrozen(reflector.objects()[0]?.metadata)).toBe(true);
    expect(changes()).toBe(3);
    send({ type: "MODIFIED", object: pod("a", "3") });
    expect(changes()).toBe(3);
    await end();
  });

  it("takes up at the last version, bookmarks included, after a reset", async () => {
    const api = scripted(
      [() => [pod("a", "1")]],
      [
        async (options) => {
          options.onEvent({
            type: "BOOKMARK",
            object: { apiVersion: "v1", kind: "Pod", metadata: { name: "", resourceVersion: "7" } },
          });
          throw new AppError("upstream_unavailable", "reset");
        },
      ],
    );
    const { reflector, end } = reflect(api);
    await until(() => api.versions.length === 2);
    expect(api.versions).toEqual(["list-1", "7"]);
    expect(api.lists()).toBe(1);
    expect(reflector.objects()).toHaveLength(1);
    await end();
  });

  it("lists again after 410 and tells what went away meanwhile", async () => {
    const api = scripted(
      [() => [pod("a", "1"), pod("b", "2")], () => [pod("b", "2"), pod("c", "3")]],
      [() => Promise.reject(kubeError(410, { reason: "Expired", message: "too old" }, "watch pods"))],
    );
    const { reflector, changes, end } = reflect(api);
    await reflector.whenSynced();
    const kept = reflector.objects()[1];
    await until(() => api.versions.length === 2);
    expect(reflector.objects().map((object) => object.metadata.name)).toEqual(["b", "c"]);
    expect(reflector.objects()[0]).toBe(kept);
    expect(changes()).toBe(2);
    expect(reflector.state().error).toBeNull();
    await end();
  });

  it("lists again after a line that is no event, because something may be lost", async () => {
    const api = scripted(
      [() => [], () => [pod("a", "1")]],
      [() => Promise.reject(new AppError("upstream_malformed", "?"))],
    );
    const { reflector, end } = reflect(api);
    await until(() => reflector.objects().length === 1);
    await end();
  });

  it("keeps what it knew and says what is wrong while the API is away, and never gives up", async () => {
    const fail = () => Promise.reject(new AppError("upstream_unavailable", "connection refused"));
    const api = scripted(
      [() => [pod("a", "1")]],
      Array.from({ length: 30 }, () => fail),
    );
    const { reflector, end } = reflect(api);
    await until(() => api.versions.length > 5);
    expect(reflector.state()).toMatchObject({ synced: true, connected: false, error: "connection refused" });
    expect(reflector.objects()).toHaveLength(1);
    await until(() => reflector.state().connected);
    expect(reflector.state().error).toBeNull();
    await end();
  });

  it("does not make anyone wait for a kind the API does not serve, and finds it when it comes", async () => {
    const missing = () => {
      throw new AppError("not_found", "no such kind");
    };
    const api = scripted([missing, missing, () => [pod("a", "1")]], []);
    const { reflector, end } = reflect(api);
    await reflector.whenSynced();
    await until(() => reflector.objects().length === 1);
    await end();
  });
});
