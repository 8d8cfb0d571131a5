import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { compile } from "@/lib/metrics/compile";
import type { MetricsSource, Sample } from "@/lib/metrics/query";
import { TELEMETRIES } from "@/lib/metrics/telemetry/detect";
import { chooseTelemetry } from "./telemetry-choice";

function setUp(answers: readonly (readonly string[] | AppError)[]) {
  const clock = { ms: 0 };
  const asked: string[] = [];
  const metrics: MetricsSource = {
    async instant(query) {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(compile(query));
      if (answer instanceof AppError) throw answer;
      return answer.map((part): Sample => ({ labels: { part }, value: 3 }));
    },
    range: () => Promise.reject(new Error("not asked")),
  };
  const choose = chooseTelemetry({ metrics, forced: null, now: () => clock.ms });
  return { choose, clock, asked };
}

const AWAY = new AppError("upstream_unavailable", "away");

describe("chooseTelemetry", () => {
  it("prefers Meshdeck's own figures, then OSM's, when a store has several", async () => {
    expect((await setUp([["istio", "meshdeck", "osm"]]).choose()).name).toBe("meshdeck");
    expect((await setUp([["istio", "osm"]]).choose()).name).toBe("osm");
  });

  it("asks once, for everybody, and again after a while without making anyone wait", async () => {
    const { choose, clock, asked } = setUp([["linkerd"], ["istio"]]);
    const both = await Promise.all([choose(), choose()]);
    expect(both.map(({ name }) => name)).toEqual(["linkerd", "linkerd"]);
    expect(asked.length).toBe(1);
    clock.ms = 11 * 60_000;
    expect((await choose()).name).toBe("linkerd");
    expect(asked.length).toBe(2);
    await Promise.resolve();
    expect((await choose()).name).toBe("istio");
  });

  it("looks again soon when there was nothing", async () => {
    const { choose, clock } = setUp([[], ["osm"]]);
    expect((await choose()).name).toBe("meshdeck");
    clock.ms = 16_000;
    await choose();
    expect((await choose()).name).toBe("osm");
  });

  it("does not fail with the store, and asks it again at once", async () => {
    const { choose, asked } = setUp([AWAY, ["istio"]]);
    expect((await choose()).name).toBe("meshdeck");
    expect((await choose()).name).toBe("istio");
    expect(asked.length).toBe(2);
  });

  it("asks nothing when it was told", async () => {
    const { metrics } = { metrics: { instant: () => Promise.reject(AWAY), range: () => Promise.reject(AWAY) } };
    const choose = chooseTelemetry({ metrics, forced: TELEMETRIES.istio, now: () => 0 });
    expect((await choose()).name).toBe("istio");
  });
});

describe("every dialect", () => {
  it.each(Object.values(TELEMETRIES))(
    "$name: the graph is at most six queries, whatever the size of the mesh",
    (one) => {
      const queries = Object.values(one.meshQueries(30));
      expect(queries.length).toBeGreaterThan(2);
      expect(queries.length).toBeLessThanOrEqual(6);
      for (const query of queries) expect(compile(query)).toContain("by (");
    },
  );
});
