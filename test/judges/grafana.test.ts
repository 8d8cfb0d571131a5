/** Boards as they are exported, before Grafana's own types: its SDK for Go reads them strictly. `npm run grafana`; it takes a Go toolchain. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BUILT_IN } from "@/lib/boards/built-in/all";
import { exportedBoard } from "../support/exported-board";

const SOURCE = fileURLToPath(new URL("grafana", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "meshdeck-grafana-"));
const judge = join(folder, "judge");

beforeAll(() => {
  execFileSync("go", ["build", "-o", judge, "."], { cwd: SOURCE, stdio: ["ignore", "ignore", "inherit"] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What only a file has that is to be imported: Grafana takes it off as it reads it. */
function saved(id: string): Record<string, unknown> {
  const { __inputs, __requires, ...dashboard } = exportedBoard(id);
  return JSON.parse(JSON.stringify(dashboard));
}

/** What the judge says of a dashboard; empty: nothing. */
function findings(dashboard: unknown): string {
  const file = join(folder, "dashboard.json");
  writeFileSync(file, JSON.stringify(dashboard));
  return spawnSync(judge, [file], { encoding: "utf8" }).stdout;
}

test.each(BUILT_IN.map(({ id }) => id))("the board %s is one of Grafana's", (id) => {
  expect(findings(saved(id))).toBe("");
});

test("the judge finds a field that is unknown, of another type, or missing", () => {
  const [panel] = saved("service").panels as [Record<string, unknown>];
  const board = (change: object) => ({ ...saved("service"), panels: [{ ...panel, ...change }] });
  expect(findings(board({ optionz: {} }))).toContain("unexpected field 'optionz'");
  expect(findings(board({ gridPos: { x: 0, y: 0, w: "wide", h: 4 } }))).toContain("gridPos.w");
  expect(findings(board({ options: {} }))).toContain("required field is missing");
});
