import fc from "fast-check";
import { expect, test } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { type Narrowing, narrowed, narrowingText, parseNarrowing } from "./narrowing";

const target: KubeObject = {
  apiVersion: "access.smi-spec.io/v1alpha3",
  kind: "TrafficTarget",
  metadata: { name: "store", namespace: "shop", labels: { team: "books" } },
  spec: {
    destination: { kind: "ServiceAccount", name: "store", namespace: "shop" },
    rules: [{ kind: "HTTPRouteGroup", name: "routes" }],
    sources: [
      { kind: "ServiceAccount", name: "buyer", namespace: "shop" },
      { kind: "ServiceAccount", name: "thief", namespace: "alley" },
    ],
  },
};
const group: KubeObject = {
  apiVersion: "specs.smi-spec.io/v1alpha4",
  kind: "HTTPRouteGroup",
  metadata: { name: "routes", namespace: "shop" },
  spec: {
    matches: [
      { name: "all", pathRegex: ".*", methods: ["*"] },
      { name: "other", methods: ["PUT"] },
    ],
  },
};

test("takes one caller out of a TrafficTarget and leaves the rest", () => {
  const after = narrowed(target, { kind: "without-source", source: "alley/thief" });
  expect(after).toMatchObject({
    metadata: target.metadata,
    spec: { sources: [{ name: "buyer", namespace: "shop" }], rules: [{ name: "routes" }] },
  });
  expect((after.spec as { sources: unknown[] }).sources).toHaveLength(1);
});

test("keeps only some matches of a group, and drops the rule when none is left", () => {
  const some = narrowed(target, { kind: "matches", group: "routes", matches: ["other"] });
  expect(some).toMatchObject({ spec: { rules: [{ name: "routes", matches: ["other"] }] } });
  expect(narrowed(target, { kind: "matches", group: "routes", matches: [] })).toMatchObject({ spec: { rules: [] } });
});

test("narrows one match of a group", () => {
  expect(narrowed(group, { kind: "methods", match: "all", methods: ["GET"] })).toMatchObject({
    spec: { matches: [{ name: "all", methods: ["GET"] }, { methods: ["PUT"] }] },
  });
  expect(narrowed(group, { kind: "path", match: "all", pathRegex: "/books/[^/]+" })).toMatchObject({
    spec: { matches: [{ name: "all", pathRegex: "/books/[^/]+", methods: ["*"] }, {}] },
  });
});

test("is nothing to an object it is not about", () => {
  expect(narrowed(group, { kind: "without-source", source: "a/b" })).toEqual(group);
  expect(narrowed(target, { kind: "methods", match: "all", methods: ["GET"] })).toEqual(target);
});

test("any narrowing survives being a link, and any text is read or refused", () => {
  const text = fc.string({ minLength: 1, unit: "grapheme" });
  const texts = fc.array(text, { minLength: 1, maxLength: 4 });
  const any: fc.Arbitrary<Narrowing> = fc.oneof(
    fc.record({ kind: fc.constant("without-source" as const), source: text }),
    fc.record({ kind: fc.constant("matches" as const), group: text, matches: texts }),
    fc.record({ kind: fc.constant("methods" as const), match: text, methods: texts }),
    fc.record({ kind: fc.constant("path" as const), match: text, pathRegex: text }),
  );
  fc.assert(
    fc.property(any, (one) => {
      expect(parseNarrowing(narrowingText(one))).toEqual(one);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (junk) => {
      const read = parseNarrowing(junk);
      if (read) expect(parseNarrowing(narrowingText(read))).toEqual(read);
    }),
  );
});
