import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { loadMeshInput } from "@/test/golden/load";
import { translate } from "./translate";
import { type Change, compareAccess, type ObservedCall, overlay } from "./what-if";

const { objects, options } = loadMeshInput(join(process.cwd(), "test/golden/mesh/bookstore/input.yaml"));
const before = translate(objects, options);
const OBSERVED: readonly ObservedCall[] = [
  { sourceIdentity: "bookbuyer/bookbuyer", service: "bookstore/bookstore", perSecond: 2 },
  { sourceIdentity: "bookthief/bookthief", service: "bookstore/bookstore", perSecond: 1 },
  {
    sourceIdentity: "bookstore/bookstore",
    service: "bookwarehouse/bookwarehouse",
    perSecond: 5,
    method: "POST",
    path: "/restock-books",
  },
];

function compare(change: Change) {
  return compareAccess(before, translate(overlay(objects, change), options), OBSERVED);
}

const live = (list: readonly KubeObject[], name: string) => {
  const found = list.find((object) => object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

const target = (name: string, spec: object): Change => {
  const old = live(objects.trafficTargets, name);
  return { put: { ...old, spec: { ...(old.spec as object), ...spec } } };
};

const account = (namespace: string, name: string) => ({ kind: "ServiceAccount", name, namespace });

describe("compareAccess", () => {
  it("finds nothing when nothing changes", () => {
    expect(compareAccess(before, before, OBSERVED)).toEqual({
      nowDenied: [],
      nowAllowed: [],
      problems: { added: [], removed: [] },
    });
  });

  it("lists observed calls that would be denied, with their rate and why", () => {
    const { nowDenied, nowAllowed } = compare({
      remove: { kind: "TrafficTarget", namespace: "bookstore", name: "bookstore" },
    });
    expect(nowAllowed).toEqual([]);
    expect(nowDenied).toHaveLength(1);
    expect(nowDenied[0]).toMatchObject({ ...OBSERVED[0] });
    expect(nowDenied[0]?.because).toContain("No TrafficTarget lets bookbuyer/bookbuyer call bookstore/bookstore");
  });

  it("sees a route that no longer fits", () => {
    const group = live(objects.httpRouteGroups, "bookwarehouse-service-routes");
    const put = { ...group, spec: { matches: [{ name: "restock-books", methods: ["PUT"] }] } };
    expect(compare({ put }).nowDenied).toMatchObject([
      { service: "bookwarehouse/bookwarehouse", perSecond: 5, method: "POST" },
    ]);
  });

  it("lists what would be let in, seen or not", () => {
    const sources = [
      account("bookbuyer", "bookbuyer"),
      account("bookthief", "bookthief"),
      account("bookwarehouse", "mysql"),
    ];
    const { nowAllowed } = compare(target("bookstore", { sources }));
    // The other backend of the split still refuses the thief, so the call to the root is not let in as a whole.
    expect(nowAllowed.map(({ sourceIdentity, service, perSecond }) => [sourceIdentity, service, perSecond])).toEqual([
      ["bookthief/bookthief", "bookstore/bookstore-v1", null],
      ["bookwarehouse/mysql", "bookstore/bookstore", null],
      ["bookwarehouse/mysql", "bookstore/bookstore-v1", null],
    ]);
  });

  it("lists problems that would come and go", () => {
    const { problems } = compare(target("bookstore", { rules: [] }));
    expect(problems.added.map(({ code }) => code)).toEqual(["TargetWithoutRules"]);
    expect(problems.removed).toEqual([]);
  });
});

describe("overlay", () => {
  it("keeps the age of the object a draft replaces", () => {
    const old = live(objects.trafficSplits, "bookstore-split");
    const { creationTimestamp: _, ...metadata } = old.metadata as KubeObject["metadata"] & {
      creationTimestamp?: string;
    };
    const drafted = overlay(objects, { put: { ...old, metadata } });
    expect(live(drafted.trafficSplits, "bookstore-split").metadata).toEqual(old.metadata);
    expect(drafted.trafficSplits).toHaveLength(objects.trafficSplits.length);
  });

  it("leaves the objects alone for kinds a mesh is not made of", () => {
    expect(overlay(objects, { remove: { kind: "ConfigMap", namespace: "a", name: "b" } })).toBe(objects);
  });
});
