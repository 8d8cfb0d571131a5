import { expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { fieldOf, withField } from "./set-field";

const object: KubeObject = {
  apiVersion: "v1",
  kind: "MeshConfig",
  metadata: { name: "a" },
  spec: { sidecar: { logLevel: "error", other: 1 }, traffic: { x: true } },
};

it("sets a field in its place and keeps the others and their order", () => {
  const next = withField(object, ["spec", "sidecar", "logLevel"], "debug");
  expect(JSON.stringify(next.spec)).toBe('{"sidecar":{"logLevel":"debug","other":1},"traffic":{"x":true}}');
  expect(withField(object, ["spec", "certificate", "days"], 1).spec).toMatchObject({ certificate: { days: 1 } });
  expect(fieldOf(next, ["spec", "sidecar", "logLevel"])).toBe("debug");
  expect(fieldOf(next, ["spec", "sidecar", "logLevel", "deeper"])).toBeUndefined();
});

it("takes a field out, and what is empty without it", () => {
  expect(withField(object, ["spec", "traffic", "x"], undefined).spec).toEqual({
    sidecar: { logLevel: "error", other: 1 },
  });
  expect(withField(object, ["spec", "nothing", "here"], undefined)).toEqual(object);
});
