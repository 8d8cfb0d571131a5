import { expect, it } from "vitest";
import { lastWrite } from "./managed-fields";
import type { KubeObject } from "./objects";

const object = (kind: string, managedFields: unknown): KubeObject => ({
  apiVersion: "v1",
  kind,
  metadata: { name: "a", managedFields } as KubeObject["metadata"],
});
const entry = (manager: string, second: number, more: object = {}) => ({
  manager,
  time: `2026-01-01T00:00:0${second}Z`,
  ...more,
});

it("takes the newest write to what is asked for", () => {
  const entries = [
    entry("helm", 1, { fieldsV1: { "f:spec": {}, "f:metadata": {} } }),
    entry("kubectl", 2),
    entry("controller", 3, { subresource: "status" }),
    entry("annotator", 4, { fieldsV1: { "f:metadata": {} } }),
  ];
  expect(lastWrite(object("Deployment", entries))).toEqual({ by: "kubectl", at: Date.UTC(2026, 0, 1, 0, 0, 2) });
  expect(lastWrite(object("Namespace", entries))?.by).toBe("annotator");
});

it.each([[undefined], [null], ["x"], [[null, 1, { manager: 1 }, { manager: "a", time: "soon" }]]])(
  "knows nothing from %j",
  (entries) => expect(lastWrite(object("Service", entries))).toBeNull(),
);
