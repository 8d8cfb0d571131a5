import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import { watchMesh } from "./mesh-watch";
import type { Resource } from "./resource";
import type { WatchOptions } from "./watch";

function object(kind: string, name: string, more: object = {}): KubeObject {
  return { apiVersion: "v1", kind, metadata: { namespace: "shop", name, resourceVersion: "1", uid: name, ...more } };
}

/** Lists what it is given by plural, and holds every watch open. */
function cluster(lists: Readonly<Record<string, KubeObject[]>>, served: Readonly<Record<string, string[]>>) {
  const opened = new Map<string, WatchOptions & { version: string }>();
  let down = false;
  const client = {
    async list(resource: Resource) {
      return { items: lists[resource.plural] ?? [], resourceVersion: "1" };
    },
    watch(resource: Resource, options: WatchOptions) {
      if (down) return Promise.reject(new AppError("upstream_unavailable", "away"));
      opened.set(resource.plural, { ...options, version: resource.version });
      options.onOpen?.();
      return new Promise<void>((resolve, reject) => {
        options.signal.addEventListener("abort", () => resolve());
        breaks.push(() => reject(new AppError("upstream_unavailable", "reset")));
      });
    },
    servedVersions: async (group: string) => served[group] ?? [],
  };
  const breaks: (() => void)[] = [];
  const goDown = () => {
    down = true;
    for (const reset of breaks.splice(0)) reset();
  };
  return { client, opened, goDown };
}

const SERVED = {
  "split.smi-spec.io": ["v1alpha2"],
  "access.smi-spec.io": ["v1alpha2", "v1alpha3"],
  "specs.smi-spec.io": ["v1alpha4"],
};

describe("watchMesh", () => {
  it("watches SMI kinds in a version that is served and gives them the version they were written in", async () => {
    const annotations = {
      "kubectl.kubernetes.io/last-applied-configuration": '{"apiVersion":"access.smi-spec.io/v1alpha1"}',
    };
    const target = { ...object("TrafficTarget", "t", { annotations }), apiVersion: "access.smi-spec.io/v1alpha3" };
    const { client, opened } = cluster({ traffictargets: [target] }, SERVED);
    const watch = watchMesh(client, { controlNamespace: "osm-system" }, () => undefined);
    await watch.whenSynced();
    expect(opened.get("trafficsplits")?.version).toBe("v1alpha2");
    expect(opened.get("traffictargets")?.version).toBe("v1alpha3");
    expect(watch.objects().trafficTargets[0]?.apiVersion).toBe("access.smi-spec.io/v1alpha1");
    watch.stop();
  });

  it("keeps one reference until something of the mesh changes; deployments are not of it", async () => {
    let changes = 0;
    const { client, opened } = cluster({ pods: [object("Pod", "a")] }, SERVED);
    const watch = watchMesh(client, { controlNamespace: "osm-system" }, () => {
      changes += 1;
    });
    await watch.whenSynced();
    const before = watch.objects();
    const seen = changes;
    opened.get("deployments")?.onEvent({ type: "ADDED", object: object("Deployment", "d") });
    expect(watch.objects()).toBe(before);
    expect(watch.deployments()).toHaveLength(1);
    expect(changes).toBe(seen + 1);
    opened.get("pods")?.onEvent({ type: "ADDED", object: object("Pod", "b") });
    expect(watch.objects()).not.toBe(before);
    expect(watch.objects().services).toBe(before.services);
    watch.stop();
  });

  it("finds the mesh's own MeshConfig", async () => {
    const lists = { meshconfigs: [object("MeshConfig", "other"), object("MeshConfig", "osm-mesh-config")] };
    const watch = watchMesh(cluster(lists, SERVED).client, { controlNamespace: "osm-system" }, () => undefined);
    await watch.whenSynced();
    expect(watch.meshConfig()?.metadata.name).toBe("osm-mesh-config");
    watch.stop();
  });

  it("goes without SMI kinds the API does not serve, and says which", async () => {
    const watch = watchMesh(cluster({}, {}).client, { controlNamespace: "osm-system" }, () => undefined);
    await watch.whenSynced();
    const broken = watch.parts().filter((part) => part.error !== null);
    expect(broken.map((part) => part.resource)).toContain("trafficsplits.split.smi-spec.io");
    expect(broken[0]?.error).toContain("does not serve");
    watch.stop();
  });

  it("is stale from when the API goes away", async () => {
    const { client, goDown } = cluster({}, SERVED);
    const watch = watchMesh(client, { controlNamespace: "osm-system" }, () => undefined);
    await watch.whenSynced();
    expect(watch.staleSeconds()).toBe(0);
    goDown();
    await expect.poll(() => watch.staleSeconds(), { timeout: 3000 }).toBeGreaterThan(0);
    watch.stop();
  });
});
