import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChartPart } from "@/lib/metrics/chart-queries";
import { BUILT_IN, builtIn } from "./built-in/all";
import { decodeBoard, encodeBoard } from "./codec";
import { addPanel, movePanel, overlap, removePanel } from "./layout";
import type { MeasureId } from "./measures";
import { type Board, BoardSchema, GRID_COLUMNS, type Panel } from "./panel";

const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
const key = fc.tuple(name, name).map((parts) => parts.join("/"));
const node = fc.tuple(name, fc.constantFrom("deployment", "service"), name).map((parts) => parts.join("/"));
const place = fc.integer({ min: 2, max: GRID_COLUMNS }).chain((w) =>
  fc.record({
    x: fc.integer({ min: 0, max: GRID_COLUMNS - w }),
    y: fc.integer({ min: 0, max: 30 }),
    w: fc.constant(w),
    h: fc.integer({ min: 2, max: 12 }),
  }),
);
const source: fc.Arbitrary<Panel["source"]> = fc.oneof(
  fc.record(
    {
      of: fc.constant("measures" as const),
      measures: fc.constantFrom("requests errors", "p50", "errorRatio").map((ids) => ids.split(" ") as MeasureId[]),
      from: fc.oneof(name, node),
      to: fc.oneof(name, key),
      side: fc.constantFrom("caller" as const, "server" as const),
      by: fc.constantFrom("service" as const, "pod" as const),
    },
    { requiredKeys: ["of", "measures"] },
  ),
  fc.record({
    of: fc.constant("subject" as const),
    subject: fc.oneof(
      fc.record({ kind: fc.constant("service" as const), service: key }),
      fc.record({ kind: fc.constant("edge" as const), source: node, target: node }),
      fc.record({
        kind: fc.constant("workload" as const),
        workload: node,
        direction: fc.constantFrom("in" as const, "out" as const),
      }),
    ),
    parts: fc.constantFrom("requests denied", "p99").map((ids) => ids.split(" ") as ChartPart[]),
  }),
);
const title = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
  .map((text) => text.trim())
  .filter((text) => text.length > 0);
const panel: fc.Arbitrary<Panel> = fc.record(
  {
    title,
    kind: fc.constantFrom("series" as const, "stat" as const, "top" as const),
    source,
    place,
    thresholds: fc.array(fc.record({ value: fc.double({ noNaN: true, noDefaultInfinity: true }), label: name }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: ["title", "kind", "source", "place"] },
);
const board: fc.Arbitrary<Board> = fc.record({ title, panels: fc.array(panel, { maxLength: 12 }) });

describe("a board as text", () => {
  it("comes back as it was, in letters a URL takes as they are", () => {
    fc.assert(
      fc.property(board, (given) => {
        const text = encodeBoard(given);
        expect(text).toMatch(/^[\w-]+$/);
        expect(JSON.stringify(decodeBoard(text))).toBe(JSON.stringify(BoardSchema.parse(given)));
      }),
    );
  });

  it("stays short: the largest built-in board is under 2,500 letters", () => {
    const chosen = {
      namespace: "bookstore",
      service: "bookstore/bookstore-v1",
      workload: "a/deployment/b",
      split: "a/b",
    };
    for (const each of BUILT_IN) expect(encodeBoard(builtIn(each, chosen)).length).toBeLessThan(2_500);
  });

  it("is nothing when it was cut, changed or made up", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(decodeBoard(text)).toBeNull();
      }),
    );
    fc.assert(
      fc.property(board, fc.nat(), (given, at) => {
        const text = encodeBoard(given);
        const cut = decodeBoard(text.slice(0, at % text.length));
        expect(cut).toBeNull();
      }),
    );
  });
});

describe("the grid", () => {
  const free = (panels: readonly Panel[]) =>
    panels.every((a, i) => panels.every((b, j) => i === j || !overlap(a.place, b.place)));
  const inside = (panels: readonly Panel[]) => BoardSchema.safeParse({ title: "t", panels }).success;
  const build = (given: readonly Panel[]) =>
    given.reduce<Panel[]>((panels, each) => addPanel(panels, each, { w: each.place.w, h: each.place.h }), []);

  it("never has two panels over each other, whatever is added, moved, resized and removed", () => {
    const step = fc.tuple(fc.nat(), place, fc.boolean());
    fc.assert(
      fc.property(
        fc.array(panel, { minLength: 1, maxLength: 10 }),
        fc.array(step, { maxLength: 6 }),
        (given, steps) => {
          let panels = build(given);
          expect(free(panels)).toBe(true);
          for (const [which, to, away] of steps) {
            const index = which % Math.max(1, panels.length);
            panels = away ? removePanel(panels, index) : movePanel(panels, index, to);
            expect(free(panels)).toBe(true);
            expect(inside(panels)).toBe(true);
          }
        },
      ),
    );
  });

  it("lets nothing hang in the air", () => {
    fc.assert(
      fc.property(fc.array(panel, { minLength: 1, maxLength: 8 }), (given) => {
        for (const { place: each } of build(given)) {
          const above = { ...each, y: each.y - 1 };
          expect(each.y === 0 || build(given).some(({ place: other }) => other !== each && overlap(above, other))).toBe(
            true,
          );
        }
      }),
    );
  });

  it("puts a panel where it was moved and the others below it", () => {
    const one = { title: "a", kind: "series", source: { of: "measures", measures: ["requests"] } } as const;
    const given = { ...one, source: { ...one.source, measures: [...one.source.measures] } };
    const panels = build([1, 2].map(() => ({ ...given, place: { x: 0, y: 0, w: 6, h: 4 } })));
    expect(panels.map(({ place: { x, y } }) => [x, y])).toEqual([
      [0, 0],
      [6, 0],
    ]);
    const moved = movePanel(panels, 1, { x: 0, y: 0, w: 6, h: 4 });
    expect(moved.map(({ place: { x, y } }) => [x, y])).toEqual([
      [0, 4],
      [0, 0],
    ]);
  });
});
