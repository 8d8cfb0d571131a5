import { describe, expect, it } from "vitest";
import { compile } from "@/lib/metrics/compile";
import { KEPT_METRICS } from "@/lib/metrics/names";
import { measuresQuery } from "../measure-query";
import { BoardSchema } from "../panel";
import { BUILT_IN, builtIn } from "./all";

const CHOSEN = {
  namespace: "bookstore",
  service: "bookstore/bookstore-v1",
  workload: "bookbuyer/deployment/bookbuyer",
  split: "bookstore/bookstore",
};

describe.each(BUILT_IN)("the built-in board $id", (definition) => {
  const board = builtIn(definition, CHOSEN);

  it("is a board: titles, one unit a panel, places within the grid", () => {
    expect(BoardSchema.parse(board)).toEqual(board);
    expect(board.panels.length).toBeGreaterThan(0);
    expect(new Set(board.panels.map(({ title }) => title)).size).toBe(board.panels.length);
  });

  it("asks only for metrics that are kept", () => {
    for (const { source } of board.panels) {
      if (source.of !== "measures") continue;
      const query = measuresQuery(source, 60);
      for (const part of Object.values(query.parts)) expect(KEPT_METRICS).toContain(part.selector.metric);
      expect(compile(query)).toContain("label_replace");
    }
  });

  it("is about what it takes and nothing else", () => {
    const text = JSON.stringify(board);
    for (const name of ["namespace", "service", "workload", "split"] as const) {
      if (!definition.takes.includes(name)) expect(text).not.toContain(`"${CHOSEN[name]}"`);
    }
    for (const name of definition.needs) expect(text).toContain(`"${CHOSEN[name]}"`);
  });
});
