import { fromBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { reachableServices } from "@/lib/mesh/explain";
import type { MeshModel } from "@/lib/mesh/model";
import { grant, type MeshSpec, type PodSpec, split, xdsModel } from "@/test/support/xds-model";
import { ClusterLoadAssignmentSchema } from "../gen/envoy/config/endpoint/v3/endpoint_pb";
import { type ResourceType, upstreamCluster } from "../names";
import type { Resource } from "../resource";
import { MeshSnapshot, type ProxyView } from "./mesh-snapshot";

const PODS: PodSpec[] = [
  { key: "shop/buyer-1", address: "10.0.0.1", loopback: "127.0.0.1" },
  ...["v1", "v2"].map((version, i) => ({
    key: `shop/store-${version}-1`,
    address: `10.0.1.${i}`,
    loopback: "127.0.0.1",
    serves: [
      { service: "store", port: 80 },
      { service: `store-${version}`, port: 80 },
    ],
  })),
  { key: "back/bank-1", address: "10.0.2.1", loopback: "127.0.0.1", serves: [{ service: "bank", port: 80 }] },
];
const GRANTS = [
  grant(["shop/buyer"], "shop/store-v1", "GET /books"),
  grant(["shop/buyer"], "shop/store-v2", "GET /books"),
];

function snapshotOf(spec: Partial<MeshSpec> = {}) {
  const snapshot = new MeshSnapshot();
  const model = xdsModel({ pods: PODS, grants: GRANTS, ...spec });
  snapshot.update(model);
  return { snapshot, model };
}

function viewOf(snapshot: MeshSnapshot, pod: string): ProxyView {
  const found = snapshot.model?.workloads[pod];
  const view = found ? snapshot.view(found) : null;
  if (!view) throw new Error(`no view of ${pod}`);
  return view;
}

function buildAll(snapshot: MeshSnapshot): Map<string, ProxyView> {
  return new Map(Object.keys(snapshot.model?.workloads ?? {}).map((key) => [key, viewOf(snapshot, key)]));
}

const names = (view: ProxyView, type: ResourceType) => [...view[type].all()].map(({ name }) => name).sort();

function endpointsOf(resource: Resource | undefined): string[] {
  const list = fromBinary(ClusterLoadAssignmentSchema, resource?.bytes ?? new Uint8Array());
  return list.endpoints.flatMap(({ lbEndpoints }) =>
    lbEndpoints.flatMap(({ hostIdentifier }) => {
      const address = hostIdentifier.case === "endpoint" ? hostIdentifier.value.address?.address : undefined;
      return address?.case === "socketAddress" ? [address.value.address] : [];
    }),
  );
}

/** What a change costs and whom it touches, after everything was built once. */
function change(before: MeshModel, after: MeshModel): { built: number; touched: string[] } {
  const snapshot = new MeshSnapshot();
  snapshot.update(before);
  const earlier = buildAll(snapshot);
  const builtBefore = snapshot.built;
  // A copy: the translator makes its model anew every time.
  snapshot.update(structuredClone(after));
  const later = buildAll(snapshot);
  const touched = [...later].filter(([key, view]) => earlier.get(key) !== view).map(([key]) => key);
  return { built: snapshot.built - builtBefore, touched };
}

describe("what a proxy gets", () => {
  it("is what its identity may reach and what its pod serves", () => {
    const { snapshot, model } = snapshotOf({ splits: [split("shop/store", { "store-v1": 1, "store-v2": 1 })] });
    const buyer = viewOf(snapshot, "shop/buyer-1");
    const reachable = reachableServices(model, "shop/buyer")
      .map((key) => upstreamCluster(key, 80))
      .sort();
    expect(names(buyer, "EDS")).toEqual(reachable);
    expect(names(buyer, "CDS")).toEqual(["envoy-metrics-cluster", ...reachable]);
    expect(names(buyer, "RDS")).toEqual(["rds-outbound"]);
    expect(names(viewOf(snapshot, "shop/store-v1-1"), "CDS")).toEqual(["envoy-metrics-cluster", "shop/store|80|local"]);
    expect(names(viewOf(snapshot, "shop/store-v1-1"), "LDS")).toEqual([
      "config-listener",
      "inbound-listener.80",
      "outbound-listener",
      "stats-listener",
    ]);
  });

  it("leaves out endpoints of identities it may not call, when a service has others", () => {
    const { snapshot } = snapshotOf({ grants: GRANTS.slice(0, 1) });
    expect(endpointsOf(viewOf(snapshot, "shop/buyer-1").EDS.get("shop/store|80"))).toEqual(["10.0.1.0"]);
  });

  it("keeps all endpoints of a split's backend that it may not call: that pod says 403 itself", () => {
    const { snapshot } = snapshotOf({
      grants: GRANTS.slice(0, 1),
      splits: [split("shop/store", { "store-v1": 1, "store-v2": 1 })],
    });
    expect(endpointsOf(viewOf(snapshot, "shop/buyer-1").EDS.get("shop/store-v2|80"))).toEqual(["10.0.1.1"]);
  });

  it("is everything in permissive mode", () => {
    const { snapshot } = snapshotOf({ policyMode: "permissive", grants: [] });
    expect(names(viewOf(snapshot, "back/bank-1"), "EDS")).toEqual([
      "back/bank|80",
      "shop/store-v1|80",
      "shop/store-v2|80",
      "shop/store|80",
    ]);
  });

  it("has the secrets of its own identity and of no other", () => {
    const { snapshot } = snapshotOf();
    expect(names(viewOf(snapshot, "shop/buyer-1"), "SDS")).toEqual([]);
    const pair = { certificatePem: "c", keyPem: "k" };
    snapshot.setSecrets(
      new Map([
        ["shop/buyer", pair],
        ["back/bank", pair],
      ]),
      "roots",
    );
    expect(names(viewOf(snapshot, "shop/buyer-1"), "SDS")).toEqual(["root-cert:shop/buyer", "service-cert:shop/buyer"]);
  });

  it("has versions that depend on the content alone", () => {
    const versions = (snapshot: MeshSnapshot) =>
      [...buildAll(snapshot)].flatMap(([pod, view]) =>
        Object.values(view).flatMap((one) => [...one.all()].map(({ name, version }) => `${pod} ${name} ${version}`)),
      );
    const fresh = snapshotOf({ grants: GRANTS });
    const { snapshot } = snapshotOf({ grants: [] });
    buildAll(snapshot);
    snapshot.update(fresh.model);
    expect(versions(snapshot).sort()).toEqual(versions(fresh.snapshot).sort());
  });
});

describe("what a change costs", () => {
  const splits = (v1: number) => [split("shop/store", { "store-v1": v1, "store-v2": 100 - v1 })];
  const spec = { pods: PODS, grants: GRANTS };

  it("is nothing when nothing changed", () => {
    const model = xdsModel({ ...spec, splits: splits(50) });
    expect(change(model, model)).toEqual({ built: 0, touched: [] });
  });

  it("is one route configuration for each identity that calls the root, when weights change", () => {
    const cost = change(xdsModel({ ...spec, splits: splits(50) }), xdsModel({ ...spec, splits: splits(90) }));
    expect(cost).toEqual({ built: 1, touched: ["shop/buyer-1"] });
  });

  it("is one endpoint list for each service of a pod that became ready", () => {
    const more = { ...PODS[1], key: "shop/store-v1-2", address: "10.0.1.9" } as PodSpec;
    const cost = change(xdsModel(spec), xdsModel({ ...spec, pods: [...PODS, more] }));
    expect(cost.touched.sort()).toEqual(["shop/buyer-1", "shop/store-v1-2"]);
    // store and store-v1; and the new pod's listeners, clusters and its empty outbound side is shared.
    expect(cost.built).toBe(2 + 4 + 2);
  });

  it("is the destination's rules when a grant's route changes", () => {
    const other = [grant(["shop/buyer"], "shop/store-v1", "GET /other"), ...GRANTS.slice(1)];
    const cost = change(xdsModel(spec), xdsModel({ ...spec, grants: other }));
    expect(cost).toEqual({ built: 1, touched: ["shop/store-v1-1"] });
  });

  it("is one secret when one certificate is renewed", () => {
    const { snapshot } = snapshotOf();
    const pair = (n: number) => ({ certificatePem: `c${n}`, keyPem: "k" });
    snapshot.setSecrets(
      new Map([
        ["shop/buyer", pair(1)],
        ["back/bank", pair(1)],
      ]),
      "roots",
    );
    const before = buildAll(snapshot);
    const built = snapshot.built;
    snapshot.setSecrets(
      new Map([
        ["shop/buyer", pair(2)],
        ["back/bank", pair(1)],
      ]),
      "roots",
    );
    const after = buildAll(snapshot);
    expect(snapshot.built - built).toBe(1);
    expect([...after].filter(([key, view]) => before.get(key) !== view).map(([key]) => key)).toEqual(["shop/buyer-1"]);
  });
});
