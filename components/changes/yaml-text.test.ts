import { describe, expect, it } from "vitest";
import { fromYaml, toYaml } from "./yaml-text";

const object = {
  apiVersion: "access.smi-spec.io/v1alpha3",
  kind: "TrafficTarget",
  metadata: { name: "a", namespace: "b", resourceVersion: "69", uid: "u", managedFields: [{ manager: "kubectl" }] },
  spec: { rules: [] },
};

describe("YAML of an object", () => {
  it("shows nothing the API server alone sets, and keeps it when read back", () => {
    expect(toYaml(object)).not.toMatch(/uid|resourceVersion|managedFields/);
    expect(fromYaml(toYaml(object), object)).toEqual({ ok: true, object });
  });

  it("takes no version from what was typed", () => {
    const typed = toYaml(object).replace("name: a", 'name: a\n  resourceVersion: "1"');
    expect(fromYaml(typed, object)).toMatchObject({ object: { metadata: { resourceVersion: "69" } } });
  });

  it("says on which line it cannot be read, and which field is missing", () => {
    expect(fromYaml("kind: X\nspec: }\n", object)).toMatchObject({ ok: false, line: 2 });
    expect(fromYaml("kind: TrafficTarget", object)).toMatchObject({ ok: false, message: "apiVersion is missing." });
    expect(fromYaml("", object)).toMatchObject({ ok: false });
    expect(fromYaml("apiVersion: v1\nkind: X\nmetadata: {}", object)).toMatchObject({
      message: "metadata.name is missing.",
    });
  });
});
