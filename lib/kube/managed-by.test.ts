import { describe, expect, it } from "vitest";
import { managerOf } from "./managed-by";
import type { ObjectMeta } from "./objects";

const manager = (metadata: Omit<ObjectMeta, "name">) =>
  managerOf({
    apiVersion: "split.smi-spec.io/v1alpha2",
    kind: "TrafficSplit",
    metadata: { name: "shop", ...metadata },
  });

describe("managerOf", () => {
  it("is nobody for an object without marks", () => {
    expect(manager({})).toBeNull();
    expect(manager({ labels: { "app.kubernetes.io/managed-by": "kubectl" } })).toBeNull();
  });

  it.each([
    ["Argo CD", "shop", { labels: { "argocd.argoproj.io/instance": "shop" } }],
    [
      "Argo CD",
      "shop",
      { annotations: { "argocd.argoproj.io/tracking-id": "shop:split.smi-spec.io/TrafficSplit:shop/shop" } },
    ],
    ["Flux", "apps", { labels: { "kustomize.toolkit.fluxcd.io/name": "apps" } }],
    [
      "Helm",
      "shop-7",
      {
        labels: { "app.kubernetes.io/managed-by": "Helm" },
        annotations: { "meta.helm.sh/release-name": "shop-7" },
      },
    ],
    [
      "Flagger",
      "podinfo",
      { ownerReferences: [{ apiVersion: "flagger.app/v1beta1", kind: "Canary", name: "podinfo", uid: "1" }] },
    ],
  ] as const)("knows %s's %s", (tool, name, metadata) => {
    expect(manager(metadata as Omit<ObjectMeta, "name">)).toEqual({ tool, name });
  });
});
