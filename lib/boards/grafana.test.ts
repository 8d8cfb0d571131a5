import { expect, test } from "vitest";
import { MESHDECK_TELEMETRY } from "@/lib/metrics/telemetry/meshdeck";
import { BUILT_IN, builtIn } from "./built-in/all";
import { grafanaDashboard } from "./grafana";
import { GrafanaDashboardSchema } from "./grafana-schema";
import { grafanaVariables, markedVariables } from "./grafana-variables";

const NOWHERE = { kindOf: () => null, serviceOf: () => null, workloadsOf: () => [], workloads: () => [] };
const CHOSEN = {
  namespace: "bookstore",
  service: "bookstore/bookstore-v1",
  workload: "bookbuyer/deployment/bookbuyer",
  split: "bookstore/bookstore",
};
const options = {
  range: "1h",
  about: "About.",
  subjectQuery: (subject: { kind: string }, windowSeconds: number) => {
    const [namespace = "", kind = "", name = ""] = String((subject as { workload?: string }).workload ?? "").split("/");
    const known =
      subject.kind === "service"
        ? ({ kind: "service", service: (subject as { service: string } & typeof subject).service } as const)
        : subject.kind === "split"
          ? ({ kind: "split", backends: ["bookstore/bookstore-v1", "bookstore/bookstore-v2"] } as const)
          : ({ kind: "workload", workload: { namespace, kind, name }, direction: "out" } as const);
    return MESHDECK_TELEMETRY.chartQuery(known, windowSeconds, NOWHERE);
  },
};
const exported = (id: string) => {
  const definition = BUILT_IN.find((each) => each.id === id);
  if (!definition) throw new Error(id);
  return grafanaDashboard(builtIn(definition, { ...CHOSEN, ...markedVariables(CHOSEN) }), {
    ...options,
    variables: grafanaVariables({
      service: definition.takes.includes("service") ? CHOSEN.service : null,
      workload: definition.takes.includes("workload") ? CHOSEN.workload : null,
    }),
  });
};

test.each(BUILT_IN.map(({ id }) => id))("the board %s is a dashboard by Grafana's own rules", (id) => {
  const dashboard = exported(id);
  expect(GrafanaDashboardSchema.parse(dashboard)).toEqual(dashboard);
  const text = JSON.stringify(dashboard);
  expect(text).not.toMatch(/meshdeck-variable|123456789|undefined|NaN/);
  // Panels lie beside each other, not over each other, and their ids are their own.
  expect(new Set(dashboard.panels.map((panel) => panel.id)).size).toBe(dashboard.panels.length);
  for (const a of dashboard.panels) {
    for (const b of dashboard.panels) {
      if (a.id >= b.id) continue;
      const apartX = a.gridPos.x + a.gridPos.w <= b.gridPos.x || b.gridPos.x + b.gridPos.w <= a.gridPos.x;
      const apartY = a.gridPos.y + a.gridPos.h <= b.gridPos.y || b.gridPos.y + b.gridPos.h <= a.gridPos.y;
      expect(apartX || apartY).toBe(true);
    }
    for (const target of a.targets) {
      // Every variable a query uses is one the dashboard defines.
      const used = [...target.expr.matchAll(/\$\{?(\w+)\}?/g)].map((found) => found[1]);
      const defined = ["__rate_interval", ...dashboard.templating.list.map(({ name }) => name)];
      for (const name of used) expect(defined).toContain(name);
    }
  }
});

test("the export of the board Service is the one that was reviewed", async () => {
  await expect(`${JSON.stringify(exported("service"), null, 2)}\n`).toMatchFileSnapshot(
    "../../test/golden/boards/service.grafana.json",
  );
});
