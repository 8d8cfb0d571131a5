import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { PODS, type Resource, SERVICES } from "./resource";
import { Rights } from "./rights";

const READ_PODS = { verbs: ["list", "watch"], apiGroups: [""], resources: ["pods"] };

/** Answers as `state` says at the moment. */
function cluster(state: { rules: object[]; incomplete?: boolean; may?: boolean; down?: boolean }) {
  const asked: string[] = [];
  const clock = { now: 0 };
  const client = {
    async create(resource: Resource, object: KubeObject): Promise<KubeObject> {
      asked.push(resource.plural);
      if (state.down) throw new Error("away");
      const rules = { resourceRules: state.rules, incomplete: state.incomplete ?? false };
      return { ...object, status: resource.plural === "selfsubjectrulesreviews" ? rules : { allowed: state.may } };
    },
  };
  return { asked, clock, rights: new Rights(client, () => clock.now) };
}

describe("Rights", () => {
  it("asks once for all kinds of a namespace, and again a little later", async () => {
    const state = { rules: [READ_PODS] as object[] };
    const { asked, clock, rights } = cluster(state);
    expect(await Promise.all([rights.mayWatch(PODS, "a"), rights.mayWatch(SERVICES, "a")])).toEqual([true, false]);
    expect(asked).toHaveLength(1);
    state.rules = [];
    clock.now = 5_000;
    expect(await rights.mayWatch(PODS, "a")).toBe(false);
  });

  it.each([
    ["list without watch", { ...READ_PODS, verbs: ["list"] }],
    ["another group", { ...READ_PODS, apiGroups: ["apps"] }],
    ["objects by name", { ...READ_PODS, resourceNames: ["one"] }],
  ])("%s is not enough", async (_, rule) => {
    expect(await cluster({ rules: [rule] }).rights.mayWatch(PODS, "a")).toBe(false);
  });

  it("keeps to what was said last while the API is away", async () => {
    const state = { rules: [READ_PODS], down: false };
    const { clock, rights } = cluster(state);
    expect(await rights.mayWatch(PODS, "a")).toBe(true);
    state.down = true;
    clock.now = 60_000;
    expect(await rights.mayWatch(PODS, "a")).toBe(true);
    expect(await rights.mayWatch(PODS, "b")).toBe(false);
  });

  it("asks for the very right where the API server does not know all rules", async () => {
    const { asked, rights } = cluster({ rules: [], incomplete: true, may: true });
    expect(await rights.mayWatch(PODS, "a")).toBe(true);
    expect(asked).toEqual(["selfsubjectrulesreviews", "selfsubjectaccessreviews", "selfsubjectaccessreviews"]);
    expect(await cluster({ rules: [], incomplete: true, may: false }).rights.mayWatch(PODS, "a")).toBe(false);
  });
});
