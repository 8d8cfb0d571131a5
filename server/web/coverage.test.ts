import { join } from "node:path";
import { expect, test } from "vitest";
import { CoverageSchema } from "@/lib/contract/coverage";
import { translate } from "@/lib/mesh/translate";
import { loadMeshInput } from "@/test/golden/load";
import { changedAt } from "./changed-at";
import { coverageBodyOf } from "./coverage";
import type { HourUsage } from "./hour-usage";

const { objects, options } = loadMeshInput(join(process.cwd(), "test/golden/mesh/bookstore/input.yaml"));
const mesh = { objects, model: translate(objects, options), partial: [], meshConfig: null, deployments: [] };
const NOTHING: HourUsage = {
  at: 7_200_000,
  since: 3_600_000,
  policies: { lastUsedAt: new Map(), unsure: new Set() },
  calls: new Set(),
  kinds: null,
  queries: { count: 4, ms: 1 },
  partial: [],
};

test("each finding says since when it was observed and opens the object it is about", () => {
  const body = CoverageSchema.parse(coverageBodyOf(mesh, NOTHING));
  const unused = body.findings.find(({ kind }) => kind === "unused-rule");
  expect(unused).toMatchObject({ confidence: "counted", sample: null });
  expect(unused?.since).toBeGreaterThanOrEqual(3_600_000);
  expect(new URLSearchParams(unused?.draft ?? "").get("policy")).toMatch(/^TrafficTarget\//);
  expect(body.sampling).toBeNull();
});

test("a rule that may have been used when a sidecar ended is not told as unused", () => {
  const unsure = new Set(mesh.model.grants.map(({ policy }) => policy));
  const { rules } = coverageBodyOf(mesh, { ...NOTHING, policies: { lastUsedAt: new Map(), unsure } });
  expect(rules.unused).toBe(mesh.model.grants.filter(({ route }) => route === null).length);
});

test("an object was changed when its fields were last written, whoever wrote them", () => {
  const metadata = { name: "x", creationTimestamp: "2026-01-01T00:00:00Z" };
  const written = { time: "2026-01-02T00:00:00Z" };
  const status = { time: "2026-01-03T00:00:00Z", subresource: "status" };
  const object = { apiVersion: "v1", kind: "X", metadata: { ...metadata, managedFields: [written, status, {}] } };
  expect(changedAt(object)).toBe(Date.parse("2026-01-02T00:00:00Z"));
  expect(changedAt({ apiVersion: "v1", kind: "X", metadata: { name: "x" } })).toBe(0);
});
