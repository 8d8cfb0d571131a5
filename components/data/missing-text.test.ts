import { describe, expect, it } from "vitest";
import { missingText } from "./missing-text";

const split = { namespace: "bookstore", verb: "update", kind: "TrafficSplit" } as const;
const target = { namespace: "bookstore", verb: "create", kind: "TrafficTarget" } as const;
const there = { namespace: "bookbuyer", verb: "create", kind: "HTTPRouteGroup" } as const;

describe("missingText", () => {
  it("names verb, kind and namespace of what is missing only", () => {
    const known = [{ namespace: "bookstore", missing: [split] }];
    expect(missingText([split, target], known)).toBe(
      "You may not update TrafficSplits in bookstore. Ask for a role that allows it.",
    );
    expect(missingText([target], known)).toBeNull();
  });

  it("says each namespace once", () => {
    const known = [
      { namespace: "bookstore", missing: [split, target] },
      { namespace: "bookbuyer", missing: [there] },
    ];
    expect(missingText([split, target, there], known)).toContain(
      "update TrafficSplits and create TrafficTargets in bookstore, nor create HTTPRouteGroups in bookbuyer.",
    );
  });

  it("takes what is not known for allowed", () => {
    expect(missingText([split], [undefined])).toBeNull();
    expect(missingText([split], [{ namespace: "bookbuyer", missing: [split] }])).toBeNull();
  });
});
