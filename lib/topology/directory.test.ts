import { describe, expect, it } from "vitest";
import type { Pod, Service } from "@/lib/kube/objects";
import { nodeId } from "@/lib/kube/refs";
import { EMPTY_OBJECTS } from "@/lib/mesh/input";
import { directoryOf } from "./directory";

function pod(name: string, labels: Readonly<Record<string, string>>, kind = "StatefulSet"): Pod {
  const ownerReferences = [{ apiVersion: "apps/v1", kind, name, uid: "u", controller: true }];
  const metadata = { name: `${name}-0`, namespace: "shop", labels, ownerReferences };
  return { apiVersion: "v1", kind: "Pod", metadata, spec: { containers: [] } };
}

function service(name: string, selector: Readonly<Record<string, string>>): Service {
  return { apiVersion: "v1", kind: "Service", metadata: { name, namespace: "shop" }, spec: { selector } };
}

describe("directoryOf", () => {
  const directory = directoryOf({
    ...EMPTY_OBJECTS,
    pods: [pod("web-v1", { app: "web", v: "1" }), pod("web-v2", { app: "web", v: "2" }), pod("job", {}, "Job")],
    services: [service("all", { app: "web" }), service("web-v1", { app: "web", v: "1" }), service("none", {})],
  });

  it("lists the workloads that have pods", () => {
    expect(directory.workloads().map(nodeId)).toEqual([
      "shop/statefulset/web-v1",
      "shop/statefulset/web-v2",
      "shop/job/job",
    ]);
  });

  it("takes the service that stands for a workload alone before one that stands for several", () => {
    expect(directory.serviceOf("shop/statefulset/web-v1")).toBe("shop/web-v1");
    expect(directory.serviceOf("shop/statefulset/web-v2")).toBe("shop/all");
    expect(directory.serviceOf("shop/job/job")).toBeNull();
  });

  it("knows the workloads behind a service", () => {
    expect(directory.workloadsOf("shop/all")).toEqual(["shop/statefulset/web-v1", "shop/statefulset/web-v2"]);
    expect(directory.workloadsOf("shop/none")).toEqual([]);
  });
});
