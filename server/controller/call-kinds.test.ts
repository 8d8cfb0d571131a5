import { expect, test } from "vitest";
import { CallKindBook } from "./call-kinds";

const MINUTE = 60_000;

type ToldCall = Parameters<CallKindBook["add"]>[0][number];

function call(changes: Partial<ToldCall> = {}): ToldCall {
  return {
    at: 0,
    side: "server",
    sourceIdentity: "shop/buyer",
    destinationIdentity: "shop/store",
    destinationService: "shop/store",
    protocol: "http",
    method: "GET",
    path: "/books/1?page=2",
    status: 200,
    denied: false,
    policy: "shop/store/g/m",
    ...changes,
  };
}

function book() {
  let at = 0;
  return { book: new CallKindBook({ now: () => at, sampleShare: 0.01 }), pass: (ms: number) => (at += ms) };
}

test("adds calls of one kind up, with the first, the last and an example", () => {
  const { book: kinds } = book();
  kinds.add([call({ at: 1 }), call({ at: 5, path: "/books/77" }), call({ at: 3, path: "/books/9" })]);
  kinds.add([call({ at: 4, denied: true, status: 403, policy: null })]);
  kinds.add([call({ at: 4, status: 503 })]);
  const { items, since, sampleShare } = kinds.show();
  expect(items).toHaveLength(3);
  expect(items[0]).toMatchObject({ pathTemplate: "/books/{n}", path: "/books/9", count: 3, firstAt: 1, lastAt: 5 });
  expect(items.map(({ outcome }) => outcome).sort()).toEqual(["denied", "failed", "passed"]);
  expect({ since, sampleShare }).toEqual({ since: 0, sampleShare: 0.01 });
});

test("counts a call once: of the caller's sidecar only what it refused itself", () => {
  const { book: kinds } = book();
  kinds.add([call({ side: "client" }), call({ side: "client", denied: true, status: 403 })]);
  expect(kinds.show().items.map(({ outcome, side }) => [outcome, side])).toEqual([["denied", "client"]]);
});

test("forgets after an hour, five minutes at a time", () => {
  const { book: kinds, pass } = book();
  kinds.add([call()]);
  pass(30 * MINUTE);
  kinds.add([call(), call({ path: "/other" })]);
  pass(31 * MINUTE);
  expect(kinds.show().items.map(({ count }) => count)).toEqual([1, 1]);
  expect(kinds.show().since).toBe(5 * MINUTE);
  pass(24 * 60 * MINUTE);
  expect(kinds.show().items).toEqual([]);
});

test("stays bounded when callers make up paths, and says what it left out", () => {
  const { book: kinds } = book();
  kinds.add(Array.from({ length: 4_100 }, (_, index) => call({ path: `/${letters(index)}` })));
  expect(kinds.show().items).toHaveLength(4_000);
  expect(kinds.show().dropped).toBe(100);
});

function letters(index: number): string {
  return [...String(index)].map((digit) => "abcdefghij"[Number(digit)]).join("");
}
