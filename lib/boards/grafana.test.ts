import { expect, test } from "vitest";
import { exportedBoard } from "@/test/support/exported-board";
import { BUILT_IN } from "./built-in/all";
import { GrafanaDashboardSchema } from "./grafana-schema";

test.each(BUILT_IN.map(({ id }) => id))("the board %s is a dashboard by Grafana's own rules", (id) => {
  const dashboard = exportedBoard(id);
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
  await expect(`${JSON.stringify(exportedBoard("service"), null, 2)}\n`).toMatchFileSnapshot(
    "../../test/golden/boards/service.grafana.json",
  );
});
