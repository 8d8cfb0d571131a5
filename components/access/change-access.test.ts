import { describe, expect, it } from "vitest";
import type { AccessDestination } from "@/lib/contract/access";
import type { KubeObject } from "@/lib/kube/objects";
import { allowDrafts, denyDrafts, type PolicyObjects } from "./change-access";

function target(name: string, sources: readonly string[], matches: readonly string[]): KubeObject {
  return {
    apiVersion: "access.smi-spec.io/v1alpha3",
    kind: "TrafficTarget",
    metadata: { name, namespace: "bookstore", resourceVersion: "5", annotations: { team: "books" } },
    spec: {
      destination: { kind: "ServiceAccount", name, namespace: "bookstore" },
      sources: sources.map((source) => ({ kind: "ServiceAccount", name: source, namespace: source })),
      rules: [{ kind: "HTTPRouteGroup", name: "routes", matches }],
    },
  };
}

const objects: PolicyObjects = {
  targets: [
    target("bookstore-v1", ["bookbuyer", "bookthief"], ["buy"]),
    target("bookstore-v2", ["bookbuyer"], ["buy"]),
  ],
  routeGroups: [
    {
      apiVersion: "specs.smi-spec.io/v1alpha4",
      kind: "HTTPRouteGroup",
      metadata: { name: "routes", namespace: "bookstore" },
      spec: { matches: [{ name: "buy", pathRegex: "/buy", methods: ["GET"] }] },
    },
  ],
  tcpRoutes: [],
};
const root: AccessDestination = {
  ...{ key: "bookstore/bookstore", namespace: "bookstore", name: "bookstore", protocol: "http" },
  identities: ["bookstore/bookstore-v1", "bookstore/bookstore-v3"],
  split: "bookstore/bookstore",
};

describe("letting a source in", () => {
  it("makes a target for every identity behind a split's root, with the routes others have", () => {
    const changes = allowDrafts("bookthief/bookthief", root, objects);
    expect(changes.map((change) => change.put?.metadata.name)).toEqual([
      "bookthief-to-bookstore-v1",
      "bookthief-to-bookstore-v3",
    ]);
    expect(changes[0]?.put).toMatchObject({
      metadata: { namespace: "bookstore" },
      spec: {
        destination: { kind: "ServiceAccount", name: "bookstore-v1", namespace: "bookstore" },
        sources: [{ kind: "ServiceAccount", name: "bookthief", namespace: "bookthief" }],
        rules: [{ kind: "HTTPRouteGroup", name: "routes", matches: ["buy"] }],
      },
    });
    // Nobody calls v3 yet: every route of its namespace, to be narrowed by the reader.
    expect(changes[1]?.put?.spec).toMatchObject({ rules: [{ kind: "HTTPRouteGroup", name: "routes" }] });
  });

  it("never takes the name of a target that is there", () => {
    const taken = { ...objects, targets: [...objects.targets, target("bookthief-to-bookstore-v1", ["x"], ["buy"])] };
    const [change] = allowDrafts("bookthief/bookthief", { ...root, identities: ["bookstore/bookstore-v1"] }, taken);
    expect(change?.put?.metadata.name).toBe("bookthief-to-bookstore-v1-2");
  });
});

describe("keeping a source out", () => {
  it("takes it from targets with other sources and deletes those that named it alone", () => {
    const mixed = denyDrafts("bookthief/bookthief", ["bookstore/bookstore-v1"], objects);
    expect(mixed[0]?.put?.spec).toMatchObject({ sources: [{ name: "bookbuyer" }] });
    expect(mixed[0]?.put?.metadata).toMatchObject({ resourceVersion: "5", annotations: { team: "books" } });
    const alone = denyDrafts("bookbuyer/bookbuyer", ["bookstore/bookstore-v2"], objects);
    expect(alone).toHaveLength(1);
    expect(alone[0]?.put).toBeNull();
  });
});
