import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { onTopOf } from "./three-way";

function target(resourceVersion: string, spec: object, labels: Record<string, string> = {}): KubeObject {
  return { apiVersion: "a/v1", kind: "T", metadata: { name: "t", namespace: "n", resourceVersion, labels }, spec };
}

describe("a change on top of somebody else's", () => {
  const base = target("1", { sources: ["a"], rules: ["x"] }, { team: "books" });

  it("keeps what only they changed and what only I changed", () => {
    const mine = target("1", { sources: ["a", "b"], rules: ["x"] }, { team: "books" });
    const theirs = target("2", { sources: ["a"], rules: ["x", "y"] }, { team: "films", tier: "1" });
    expect(onTopOf(base, mine, theirs)).toEqual(
      target("2", { sources: ["a", "b"], rules: ["x", "y"] }, { team: "films", tier: "1" }),
    );
  });

  it("is mine where both changed the same", () => {
    const mine = target("1", { sources: ["m"], rules: ["x"] }, { team: "books" });
    const theirs = target("2", { sources: ["t"], rules: ["x"] }, { team: "books" });
    expect(onTopOf(base, mine, theirs).spec).toEqual({ sources: ["m"], rules: ["x"] });
  });

  it("leaves out what either took away", () => {
    const mine = target("1", { sources: ["a"] }, { team: "books" });
    const theirs = target("2", { sources: ["a"], rules: ["x"] }, {});
    expect(onTopOf(base, mine, theirs)).toEqual(target("2", { sources: ["a"] }, {}));
  });
});
