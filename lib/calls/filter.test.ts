import { performance } from "node:perf_hooks";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { CallFilter } from "@/lib/contract/calls";
import { refusedCall, someCall } from "@/test/fixtures/calls";
import { callTest, isFailed, isNotable } from "./filter";

const bought = someCall();
const refused = refusedCall();
const broken = someCall({ status: 503, flags: ["UH"], details: "no_healthy_upstream", path: null });
const connection = someCall({ protocol: "tcp", method: null, path: null, status: null, details: null });
const all = { bought, refused, broken, connection };

test.each<[CallFilter, string]>([
  [{}, "bought refused broken connection"],
  [{ denied: "true" }, "refused"],
  [{ denied: "false" }, "bought broken connection"],
  [{ failed: "true" }, "broken"],
  [{ status: "4xx" }, "refused"],
  [{ status: "503" }, "broken"],
  [{ protocol: "tcp" }, "connection"],
  [{ source: "bookthief" }, "refused"],
  [{ source: "BookBuyer/Deployment" }, "bought broken connection"],
  [{ destination: "bookstore/bookstore-v1" }, "bought broken connection"],
  [{ method: "get" }, "bought refused broken"],
  [{ path: "book" }, "bought refused"],
  [{ path: "/buy-a-book/*" }, "bought"],
  [{ path: "*/new" }, "bought"],
  [{ path: "/b*-*k/n*" }, "bought"],
  [{ path: "/b*b*b*b" }, ""],
  [{ text: "uh 503" }, "broken"],
  [{ about: "bookstore/service/bookstore" }, "refused"],
  [{ about: "bookbuyer/deployment/bookbuyer" }, "bought broken connection"],
  [{ about: "bookthief/bookthief", status: "2xx" }, ""],
])("%j", (filter, names) => {
  const fits = callTest(filter);
  const found = Object.entries(all).filter(([, call]) => fits(call));
  expect(found.map(([name]) => name).join(" ")).toBe(names);
});

test("failed is neither refused nor found missing; both are told always", () => {
  expect([bought, refused, broken, connection].map(isFailed)).toEqual([false, false, true, false]);
  expect(isFailed(someCall({ status: 404 }))).toBe(false);
  expect(isNotable(someCall({ status: 404 }))).toBe(true);
  expect(isFailed({ ...connection, flags: ["UF"] })).toBe(true);
  expect(isFailed({ ...connection, flags: ["DC"] })).toBe(false);
});

describe("a pattern with stars", () => {
  it("fits what its literal parts and anything between make", () => {
    const part = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 2, maxLength: 5 }),
        fc.array(part, { minLength: 5, maxLength: 5 }),
        (literals, between) => {
          const path = literals.map((literal, index) => `${index > 0 ? between[index] : ""}${literal}`).join("");
          fc.pre(path.length > 0);
          expect(callTest({ path: literals.join("*") })(someCall({ path }))).toBe(true);
        },
      ),
    );
  });
});

test("a thousand calls are filtered at once, even by a pattern that would make a regular expression hang", () => {
  const calls = Array.from({ length: 1_000 }, () => someCall({ path: `/${"a".repeat(2_000)}` }));
  const fits = callTest({ path: `${"a*".repeat(200)}b`, text: "bookbuyer get", status: "2xx" });
  const started = performance.now();
  expect(calls.filter(fits)).toHaveLength(0);
  // A regular expression would take years; a busy machine has its time.
  expect(performance.now() - started).toBeLessThan(2_000);
});
