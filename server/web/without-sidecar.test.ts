import { expect, test } from "vitest";
import type { Namespace, Pod } from "@/lib/kube/objects";
import { EMPTY_OBJECTS } from "@/lib/mesh/input";
import { workloadsWithoutSidecar } from "./without-sidecar";

const SCOPE = { meshName: "osm", controlNamespace: "osm-system" };
const INJECTION = "openservicemesh.io/sidecar-injection";

function namespace(name: string, labels: Record<string, string>, injection?: string): Namespace {
  const annotations = injection === undefined ? {} : { [INJECTION]: injection };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels, annotations } };
}

function pod(space: string, name: string, changes: { annotations?: Record<string, string>; spec?: object } = {}): Pod {
  const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: `${name}-abc`, uid: "u", controller: true };
  const labels = { "pod-template-hash": "abc" };
  const metadata = { namespace: space, name: `${name}-abc-1`, labels, ownerReferences: [owner] };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, annotations: changes.annotations ?? {} },
    spec: { containers: [], ...changes.spec },
    status: { phase: "Running" },
  };
}

const MESHED = { "openservicemesh.io/monitored-by": "osm" };
const find = (pods: readonly Pod[], ...namespaces: Namespace[]) =>
  workloadsWithoutSidecar({ ...EMPTY_OBJECTS, namespaces, pods }, SCOPE);

test("says why each workload has none, and the command that mends it", () => {
  const pods = [
    pod("shop", "early"),
    pod("shop", "out", { annotations: { [INJECTION]: "Disabled" } }),
    pod("shop", "host", { spec: { hostNetwork: true } }),
    pod("quiet", "app"),
    pod("away", "app"),
    pod("other", "app"),
  ];
  const found = find(
    pods,
    namespace("shop", MESHED, "enabled"),
    namespace("quiet", MESHED),
    namespace("away", {}),
    namespace("other", { "openservicemesh.io/monitored-by": "istio" }),
  );
  expect(found.map(({ namespace: space, name, reason }) => `${space}/${name} ${reason}`)).toEqual([
    "away/app not-meshed",
    "other/app not-meshed",
    "quiet/app not-asked-for",
    "shop/early started-before",
    "shop/host host-network",
    "shop/out opted-out",
  ]);
  const command = (name: string) => found.find((one) => `${one.namespace}/${one.name}` === name)?.command;
  expect(command("shop/early")).toBe("kubectl rollout restart deployment early -n shop");
  expect(command("shop/host")).toBeNull();
  expect(command("shop/out")).toContain("openservicemesh.io~1sidecar-injection");
  expect(command("away/app")).toContain("kubectl label namespace away openservicemesh.io/monitored-by=osm");
  expect(found.find((one) => one.namespace === "other")?.sentence).toContain("mesh istio");
});

test("pods of one workload are one row; what has a sidecar, has ended or is the cluster's own is none", () => {
  const meshed = pod("shop", "in");
  const labels = { ...meshed.metadata.labels, "osm-proxy-uuid": "x" };
  const second = pod("shop", "early");
  const pods = [
    pod("shop", "early"),
    { ...second, metadata: { ...second.metadata, name: "early-abc-2" } },
    { ...meshed, metadata: { ...meshed.metadata, labels } },
    { ...pod("shop", "done"), status: { phase: "Succeeded" } },
    pod("kube-system", "dns"),
    pod("osm-system", "controller"),
  ];
  const found = find(pods, namespace("shop", MESHED, "enabled"));
  expect(found.map(({ name, pods: count }) => [name, count])).toEqual([["early", 2]]);
});
