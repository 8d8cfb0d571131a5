import { describe, expect, it } from "vitest";
import { shareEqual } from "./share";

describe("shareEqual", () => {
  const before = { a: { x: 1, list: [1, { y: 2 }] }, b: { z: null }, c: "text" };

  it("gives back the very same object when nothing differs", () => {
    expect(shareEqual(before, structuredClone(before))).toBe(before);
  });

  it("keeps every part that did not change, and takes the rest anew", () => {
    const next = structuredClone(before);
    next.b = { z: null };
    next.a.list[1] = { y: 3 };
    const shared = shareEqual(before, next);
    expect(shared).toEqual(next);
    expect(shared).not.toBe(before);
    expect(shared.b).toBe(before.b);
    expect(shared.a).not.toBe(before.a);
  });

  it.each([
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: undefined }, { b: undefined }],
    [[1, 2], [1]],
    [[], {}],
    [null, { a: 1 }],
  ])("takes a difference in keys or shape for one: %j and %j", (previous, next) => {
    const shared = shareEqual<unknown>(previous, next);
    expect(shared).toStrictEqual(next);
    expect(shared).not.toBe(previous);
  });

  it("does not change what it is given", () => {
    const frozen = Object.freeze({ a: Object.freeze([1, 2]) });
    expect(shareEqual(frozen, Object.freeze({ a: Object.freeze([1, 3]) }))).toEqual({ a: [1, 3] });
  });
});
