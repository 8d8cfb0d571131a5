import { expect, test } from "vitest";
import { compareConfig } from "./compare-config";

const sent = (type: string, name: string, resource: Record<string, unknown>) =>
  ({ type, name, version: "1", state: "taken", resource }) as const;
const has = (
  type: string,
  name: string,
  resource: Record<string, unknown>,
  state: "active" | "warming" | "draining" = "active",
) => ({ type, name, version: "1", state, error: null, resource }) as const;

test("is empty when Envoy uses what it is given, whatever the order of fields", () => {
  expect(
    compareConfig([sent("CDS", "a", { x: 1, y: { b: 2, a: 1 } })], [has("CDS", "a", { y: { a: 1, b: 2 }, x: 1 })]),
  ).toEqual([]);
});

test("tells what differs, what is missing, what is left over and what warms", () => {
  const given = [
    sent("CDS", "same", {}),
    sent("CDS", "old", { w: 2 }),
    sent("RDS", "none", {}),
    sent("LDS", "new", { p: 2 }),
  ];
  const held = [
    has("CDS", "same", {}),
    has("CDS", "old", { w: 1 }),
    has("CDS", "gone", {}),
    has("LDS", "new", { p: 1 }),
    has("LDS", "new", { p: 2 }, "warming"),
    has("LDS", "leaving", {}, "draining"),
  ];
  expect(compareConfig(given, held).map(({ type, name, kind }) => [type, name, kind])).toEqual([
    ["LDS", "new", "warming"],
    ["RDS", "none", "missing"],
    ["CDS", "gone", "extra"],
    ["CDS", "old", "differs"],
  ]);
});

test("says what Envoy refused, beside what it kept", () => {
  const refused = { ...has("LDS", "in", { p: 1 }), error: "cannot bind" };
  expect(compareConfig([sent("LDS", "in", { p: 2 })], [refused])).toMatchObject([
    { kind: "differs", error: "cannot bind" },
  ]);
});

test("compares endpoints by who they are: health and weights are Envoy's own", () => {
  const lb = (port: number, more: object = {}) => ({
    endpoint: { address: { socketAddress: { address: "10.0.0.1", portValue: port } } },
    ...more,
  });
  const given = sent("EDS", "c", { clusterName: "c", endpoints: [{ lbEndpoints: [lb(1), lb(2)] }] });
  const healthy = has("EDS", "c", {
    clusterName: "c",
    endpoints: [{ locality: {}, lbEndpoints: [lb(2, { healthStatus: "HEALTHY" }), lb(1, { loadBalancingWeight: 1 })] }],
    policy: { overprovisioningFactor: 140 },
  });
  expect(compareConfig([given], [healthy])).toEqual([]);
  const fewer = has("EDS", "c", { clusterName: "c", endpoints: [{ lbEndpoints: [lb(1)] }] });
  expect(compareConfig([given], [fewer])).toMatchObject([
    { kind: "differs", sent: { endpoints: ["10.0.0.1:1", "10.0.0.1:2"] }, has: { endpoints: ["10.0.0.1:1"] } },
  ]);
});
