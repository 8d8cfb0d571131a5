import { describe, expect, it } from "vitest";
import { missingOf } from "./show-rights";

const rule = (group: string, resource: string, verbs: string[], names: string[] = []) => ({
  apiGroups: [group],
  resources: [resource],
  verbs,
  resourceNames: names,
});
const of = (...rules: ReturnType<typeof rule>[]) =>
  missingOf({ rules, incomplete: false }).map(({ verb, kind }) => `${verb} ${kind}`);

describe("missingOf", () => {
  it("has nothing for who may do anything, and everything for who may only read", () => {
    expect(of(rule("*", "*", ["*"]))).toEqual([]);
    expect(of(rule("*", "*", ["get", "list", "watch"]))).toHaveLength(16);
  });

  it("tells verbs and kinds apart", () => {
    const missing = of(rule("split.smi-spec.io", "trafficsplits", ["update"]), rule("", "namespaces", ["patch"]));
    expect(missing).toContain("create TrafficSplit");
    expect(missing).toContain("patch Deployment");
    expect(missing).not.toContain("update TrafficSplit");
    expect(missing).not.toContain("patch Namespace");
  });

  it("leaves out what may be allowed: single objects by name, and what an authorizer does not tell", () => {
    expect(of(rule("apps", "deployments", ["patch"], ["one"]))).not.toContain("patch Deployment");
    expect(missingOf({ rules: [], incomplete: true })).toEqual([]);
  });
});
