import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { generateMesh } from "@/test/bench/generate-mesh";
import { loadMeshInput } from "@/test/golden/load";
import { mayCall, reachableServices } from "./explain";
import type { MeshObjects, MeshOptions } from "./input";
import type { MeshModel } from "./model";
import { overlay } from "./overlay";
import { translate } from "./translate";

const OPTIONS: MeshOptions = { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" };
const golden = (name: string) => loadMeshInput(join(process.cwd(), "test/golden/mesh", name, "input.yaml"));
const CASES = ["bookstore", "split-conflict", "invalid-objects", "route-versions", "services", "pods"];

const SMI = {
  trafficSplits: ["split.smi-spec.io/v1alpha4", "TrafficSplit"],
  trafficTargets: ["access.smi-spec.io/v1alpha3", "TrafficTarget"],
  httpRouteGroups: ["specs.smi-spec.io/v1alpha4", "HTTPRouteGroup"],
  tcpRoutes: ["specs.smi-spec.io/v1alpha4", "TCPRoute"],
} as const;

function freezeLists(objects: MeshObjects): MeshObjects {
  for (const list of Object.values(objects)) {
    for (const object of list) Object.freeze(object);
    Object.freeze(list);
  }
  return objects;
}

function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const order = list.map((item, index) => ({ item, rank: Math.imul(index + 1, seed | 1) >>> 8 }));
  return order.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

describe("translate", () => {
  it.each(CASES)("gives the same model for %s in any order", (name) => {
    const { objects, options } = golden(name);
    const model = translate(objects, options);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const lists = Object.entries(objects).map(([kind, list]) => [kind, shuffled(list as readonly unknown[], seed)]);
        expect(JSON.stringify(translate(Object.fromEntries(lists), options))).toBe(JSON.stringify(model));
      }),
      { numRuns: 30 },
    );
  });

  it("never throws, whatever the JSON of its objects", () => {
    const anything = fc.jsonValue({ maxDepth: 4 });
    const meta = fc.record({ name: fc.constantFrom("shop", "b"), namespace: fc.constant("shop"), labels: anything });
    const object = fc.oneof(
      anything,
      fc.record({ metadata: meta, spec: anything, status: anything, endpoints: anything, ports: anything }),
    );
    const lists = fc.record({
      services: fc.array(object),
      pods: fc.array(object),
      endpointSlices: fc.array(object),
      serviceAccounts: fc.array(object),
      namespaces: fc.array(object),
    });
    fc.assert(
      fc.property(lists, fc.constantFrom(...Object.keys(SMI)), anything, (broken, list, spec) => {
        const { objects } = golden("split-weights");
        const [apiVersion, kind] = SMI[list as keyof typeof SMI];
        const odd = { apiVersion, kind, metadata: { name: "odd", namespace: "shop" }, spec };
        const all = Object.fromEntries(
          Object.entries(objects).map(([name, own]) => [
            name,
            [...own, ...((broken as Record<string, unknown[]>)[name] ?? [])],
          ]),
        ) as unknown as MeshObjects;
        const model = translate({ ...all, [list]: [...all[list as keyof MeshObjects], odd] }, OPTIONS);
        expect(model.splits["shop/shop"]).toBeDefined();
      }),
    );
  });

  it("never lets one broken object change what others mean", () => {
    const { objects, options } = golden("bookstore");
    const model = translate(objects, options);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(SMI)), fc.jsonValue({ maxDepth: 3 }), (list, spec) => {
        const [apiVersion, kind] = SMI[list as keyof typeof SMI];
        const odd = {
          apiVersion,
          kind,
          metadata: { name: "odd", namespace: "bookstore", creationTimestamp: "2030-01-01T00:00:00Z" },
          spec,
        };
        const { problems: _with, ...after } = translate(
          overlay(objects, { put: odd as unknown as KubeObject }),
          options,
        );
        const { problems: _without, ...before } = model;
        expect(after).toEqual(before);
      }),
    );
  });

  it("never allows more when a TrafficTarget is removed, nor less when one is added", () => {
    fc.assert(
      fc.property(targets(), fc.nat(), (list, pick) => {
        const base = freezeLists(generateMesh({ services: 6, podsPerService: 1, servicesPerNamespace: 3 }));
        const all = { ...base, trafficTargets: list };
        const fewer = { ...all, trafficTargets: list.filter((_, index) => index !== pick % list.length) };
        const wide = allowed(translate(all, OPTIONS));
        for (const pair of allowed(translate(fewer, OPTIONS))) expect(wide).toContain(pair);
      }),
    );
  });

  it("gives what a fresh translation gives, whatever was translated before", () => {
    const base = freezeLists(generateMesh({ services: 12, podsPerService: 2, servicesPerNamespace: 4 }));
    let objects = base;
    fc.assert(
      fc.property(
        fc.constantFrom("pods", "services", "trafficTargets", "trafficSplits", "endpointSlices"),
        fc.nat(),
        (list, pick) => {
          const kind = list as keyof MeshObjects;
          const rest = objects[kind].filter((_, index) => index !== pick % Math.max(1, objects[kind].length));
          objects = freezeLists({ ...objects, [kind]: pick % 3 === 0 ? base[kind] : Object.freeze(rest) });
          const copy: MeshObjects = JSON.parse(JSON.stringify(objects));
          expect(translate(objects, OPTIONS)).toEqual(translate(copy, OPTIONS));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("hands back the very parts a change did not touch", () => {
    const base = freezeLists(generateMesh({ services: 10, podsPerService: 1 }));
    const before = translate(base, OPTIONS);
    const split = base.trafficSplits[0];
    if (split === undefined) throw new Error("the generated mesh has a split");
    const after = translate(
      overlay(base, { remove: { kind: "TrafficSplit", ...split.metadata, namespace: "ns-0" } }),
      OPTIONS,
    );
    expect(after.splits).not.toEqual(before.splits);
    expect(after.workloads).toBe(before.workloads);
    expect(after.services).toBe(before.services);
    expect(after.grants).toBe(before.grants);
  });
});

/** Every (source, policy, service) a model lets through. */
function allowed(model: MeshModel): readonly string[] {
  return Object.keys(model.identities).flatMap((source) =>
    reachableServices(model, source).flatMap((service) =>
      mayCall(model, source, service).map(({ policy }) => `${source} ${policy} ${service}`),
    ),
  );
}

/** TrafficTargets over the generated mesh of 6 services, some of them broken. */
function targets(): fc.Arbitrary<readonly KubeObject[]> {
  const index = fc.nat({ max: 7 });
  const account = index.map((i) => ({
    kind: "ServiceAccount",
    name: `svc-${i}`,
    namespace: `ns-${Math.floor(i / 3)}`,
  }));
  const rule = fc.record(
    {
      kind: fc.constantFrom("HTTPRouteGroup", "HTTPRouteGroup", "TCPRoute", "UDPRoute"),
      name: index.map((i) => `svc-${i}-routes`),
      matches: fc.subarray(["read", "write", "gone"]),
    },
    { requiredKeys: ["kind", "name"] },
  );
  const one = fc.record({
    destination: account,
    rules: fc.array(rule, { maxLength: 3 }),
    sources: fc.array(account, { maxLength: 3 }),
  });
  return fc.array(one, { minLength: 1, maxLength: 5 }).map((list) =>
    list.map((spec, place) => ({
      apiVersion: "access.smi-spec.io/v1alpha3",
      kind: "TrafficTarget",
      metadata: { name: `t-${place}`, namespace: spec.destination.namespace },
      spec,
    })),
  );
}
