import { describe, expect, it } from "vitest";
import type { UnionQuery } from "@/lib/metrics/query";
import { growsWithMesh, largestQuery } from "./largest";
import { DIMENSIONS, type MeasureId } from "./measures";
import type { MeasuresSource } from "./panel";
import type { Row } from "./series";

const AT = { atSeconds: 1_800_000_000, windowSeconds: 60 };
const source = (by: MeasuresSource["by"], ...measures: MeasureId[]): MeasuresSource => ({
  of: "measures",
  measures,
  by,
});
const row = (part: string, value: number, labels: Record<string, string>): Row => ({
  labels: { part, ...labels },
  values: [value],
});
const service = (part: string, value: number, cluster: string) => row(part, value, { envoy_cluster_name: cluster });
const services = (part: string, count: number) =>
  Array.from({ length: count }, (_, n) => service(part, n, `shop/s-${n}|80`));

/** What a part is narrowed by, beyond what the panel narrows by itself. */
function addedTo(query: UnionQuery | undefined, part: string): Record<string, string> {
  const matchers = query?.parts[part]?.selector.matchers ?? [];
  return Object.fromEntries(
    matchers.slice(part === "denied" ? 0 : 1).map(({ label, op, value }) => [label, op + value]),
  );
}

describe("the query for the largest", () => {
  it("asks for all where all are shown, and wherever their number does not grow with the mesh", () => {
    expect(largestQuery(source("service", "p99"), services("p99", 10), AT)).toBeNull();
    expect(largestQuery(source("service", "p99"), [], AT)).toBeNull();
    const grow = DIMENSIONS.filter((by) => growsWithMesh(source(by, "requests")));
    expect(grow).toEqual(["service", "workload", "namespace", "pod"]);
    expect(growsWithMesh({ of: "measures", measures: ["requests"] })).toBe(false);
  });

  it("names the ten largest services, and says how many there are", () => {
    const found = largestQuery(source("service", "p99"), services("p99", 1_000), AT);
    expect(found?.total).toBe(1_000);
    const names = Array.from({ length: 10 }, (_, n) => `shop/s-99${n}\\|80`);
    expect(addedTo(found?.query, "p99")).toEqual({ envoy_cluster_name: `=~${names.join("|")}` });
  });

  it("keeps every port of a service, by which its lines are called", () => {
    const rows = [...services("p99", 20), service("p99", 50, "shop/web|80"), service("p99", 0, "shop/web|81")];
    const { envoy_cluster_name: names } = addedTo(largestQuery(source("service", "p99"), rows, AT)?.query, "p99");
    expect(names).toContain("shop/web\\|80|shop/web\\|81");
  });

  it("asks for both sides of a share, though nothing failed at the end", () => {
    const rows = [...services("requests", 12), service("errors", 1, "shop/s-3|80")];
    const found = largestQuery(source("service", "errorRatio"), rows, AT);
    expect(Object.keys(found?.query.parts ?? {}).sort()).toEqual(["errors", "requests"]);
    expect(found?.query.parts.errors?.selector.matchers.at(-1)).toEqual(
      found?.query.parts.requests?.selector.matchers.at(-1),
    );
  });

  it("names each label of a dimension by itself, and leaves out what has none of the largest", () => {
    const denied = Array.from({ length: 12 }, (_, n) =>
      row("denied", n, { destination_namespace: `n${n}`, destination_service: "a.b" }),
    );
    const rows = [...denied, ...services("requests", 1)];
    const found = largestQuery(source("service", "denied", "requests"), rows, AT);
    expect(Object.keys(found?.query.parts ?? {})).toEqual(["denied"]);
    expect(found?.total).toBe(13);
    expect(addedTo(found?.query, "denied")).toEqual({
      destination_namespace: "=~n10|n11|n2|n3|n4|n5|n6|n7|n8|n9",
      destination_service: "=~a\\.b",
    });
  });
});
