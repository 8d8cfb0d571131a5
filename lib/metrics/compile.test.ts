import { describe, expect, it } from "vitest";
import { chartQuery } from "./chart-queries";
import { compile } from "./compile";
import { meshQueries } from "./mesh-queries";
import { clusterPattern } from "./pattern";

const selector = { metric: "requests_total", matchers: [] };

describe("compile", () => {
  it("spells each kind of query", () => {
    expect(compile({ kind: "instant", aggregation: "max", selector, by: ["a"] })).toBe("max by (a) (requests_total)");
    expect(compile({ kind: "rate", selector, windowSeconds: 30, by: [] })).toBe("sum (rate(requests_total[30000ms]))");
    expect(compile({ kind: "increase", selector, windowSeconds: 1.5, by: ["a", "b"] })).toBe(
      "sum by (a, b) (increase(requests_total[1500ms]))",
    );
    expect(compile({ kind: "quantile", quantile: 0.99, selector, windowSeconds: 60, by: ["a"] })).toBe(
      "histogram_quantile(0.99, sum by (le, a) (rate(requests_total[60000ms])))",
    );
  });

  it("names the parts of a union by a label", () => {
    const part = { kind: "instant", aggregation: "sum", selector, by: [] } as const;
    expect(compile({ kind: "union", parts: { one: part, two: part } })).toBe(
      'label_replace(sum (requests_total), "part", "one", "", "") or label_replace(sum (requests_total), "part", "two", "", "")',
    );
  });

  it("escapes what a matcher's value carries", () => {
    const matchers = [{ label: "a", op: "=", value: 'x"} or vector(1) #\n\\' }] as const;
    expect(compile({ kind: "instant", aggregation: "sum", selector: { metric: "m", matchers }, by: [] })).toBe(
      'sum (m{a="x\\"} or vector(1) #\\n\\\\"})',
    );
  });

  it("refuses names and windows that have no spelling", () => {
    expect(() => compile({ kind: "rate", selector, windowSeconds: 30, by: ["a) or (b"] })).toThrow(RangeError);
    expect(() => compile({ kind: "rate", selector, windowSeconds: 0, by: [] })).toThrow(RangeError);
  });

  it("escapes a service key twice: for RE2 and for the string around it", () => {
    expect(clusterPattern("shop/web.v2")).toBe("shop/web\\.v2\\|[0-9]+");
  });
});

describe("meshQueries", () => {
  it("costs at most six queries, each of which compiles", () => {
    const queries = Object.values(meshQueries(30));
    expect(queries.length).toBeLessThanOrEqual(6);
    for (const query of queries) expect(compile(query)).toContain("by (");
  });
});

describe("chartQuery", () => {
  const workload = { namespace: "shop", kind: "deployment", name: "web" };

  it("asks one query for an edge, from its workload to its service", () => {
    const text = compile(chartQuery({ kind: "edge", source: workload, service: "shop/db" }, 30));
    expect(text).toContain('source_workload_name="web", envoy_cluster_name=~"shop/db\\\\|[0-9]+"');
    expect(text).toContain('destination_namespace="shop", destination_service="db"');
  });

  it("looks at a workload's own side for what it received", () => {
    const into = compile(chartQuery({ kind: "workload", workload, direction: "in" }, 30));
    expect(into).toContain("|local");
    expect(into).not.toContain("meshdeck_denied");
    expect(compile(chartQuery({ kind: "workload", workload, direction: "out" }, 30))).not.toContain("|local");
  });

  it("keeps the backends of a split apart", () => {
    const text = compile(chartQuery({ kind: "split", backends: ["shop/v1", "shop/v2"] }, 30));
    expect(text).toContain("sum by (envoy_cluster_name)");
    expect(text).toContain('envoy_cluster_name=~"(shop/v1|shop/v2)\\\\|[0-9]+"');
  });
});
