import { describe, expect, it } from "vitest";
import { fromYaml, toYaml } from "./yaml-text";

const object = {
  apiVersion: "access.smi-spec.io/v1alpha3",
  kind: "TrafficTarget",
  metadata: { name: "a", namespace: "b", managedFields: [{ manager: "kubectl" }] },
  spec: { rules: [] },
};

describe("YAML of an object", () => {
  it("reads back what it writes, without managedFields", () => {
    const { managedFields: _, ...metadata } = object.metadata;
    expect(fromYaml(toYaml(object))).toEqual({ ok: true, object: { ...object, metadata } });
  });

  it("says on which line it cannot be read, and which field is missing", () => {
    expect(fromYaml("kind: X\nspec: }\n")).toMatchObject({ ok: false, line: 2 });
    expect(fromYaml("kind: TrafficTarget")).toMatchObject({ ok: false, message: "apiVersion is missing." });
    expect(fromYaml("")).toMatchObject({ ok: false });
    expect(fromYaml("apiVersion: v1\nkind: X\nmetadata: {}")).toMatchObject({ message: "metadata.name is missing." });
  });
});
