import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusedCall, someCall } from "@/test/fixtures/calls";
import { CallTally } from "./tally";

const MINUTE = 60_000;

describe("CallTally", () => {
  it("counts by edge, method, shape, status and policy; what is sampled is multiplied, what is refused is not", () => {
    const tally = new CallTally(0, 100);
    tally.add(someCall({ path: "/books/1", durationMs: 2 }), MINUTE);
    tally.add(someCall({ path: "/books/2?x", durationMs: 4 }), MINUTE);
    tally.add(refusedCall(), MINUTE);
    const { items, windowSeconds } = tally.aggregates(2 * MINUTE, 300);
    expect(windowSeconds).toBe(120);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ template: "/books/{n}", told: 2, estimated: 200, meanMs: 3, maxMs: 4 });
    expect(items[1]).toMatchObject({ denied: true, told: 1, estimated: 1, destination: "bookstore/bookstore" });
  });

  it("forgets what is older than the window, and than ten minutes", () => {
    const tally = new CallTally(0, 1);
    tally.add(someCall({ path: "/old" }), MINUTE);
    tally.add(someCall({ path: "/new" }), 5 * MINUTE);
    expect(tally.aggregates(5 * MINUTE, 60).items.map(({ template }) => template)).toEqual(["/new"]);
    expect(tally.aggregates(5 * MINUTE, 600).items).toHaveLength(2);
    for (let minute = 6; minute < 30; minute += 1) tally.add(someCall({ path: "/new" }), minute * MINUTE);
    expect(tally.aggregates(30 * MINUTE, 3600).windowSeconds).toBe(600);
  });

  it("stays bounded whatever callers make up, and loses no call", () => {
    const limits = { sliceSeconds: 10, slices: 4, templates: 5, rows: 20 };
    const call = fc.record({
      path: fc.option(fc.webPath()),
      method: fc.option(fc.constantFrom("GET", "POST", "BREW")),
      destinationService: fc.option(fc.string({ maxLength: 2 })),
      status: fc.constantFrom(200, 404, 503, null),
      policy: fc.option(fc.string({ maxLength: 1 })),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 300 }), (calls) => {
        const tally = new CallTally(0, 1, limits);
        for (const changes of calls) tally.add(someCall(changes), 1_000);
        const { items } = tally.aggregates(1_000, 40);
        expect(items.reduce((sum, { told }) => sum + told, 0)).toBe(calls.length);
        const perDestination = new Map<string | null, Set<string | null>>();
        for (const { destination, template } of items) {
          perDestination.set(destination, (perDestination.get(destination) ?? new Set()).add(template));
        }
        for (const templates of perDestination.values())
          expect(templates.size).toBeLessThanOrEqual(limits.templates + 2);
      }),
    );
  });
});
