import fc from "fast-check";
import { expect, it } from "vitest";
import { EMPTY_BOOK, withLines } from "./book";
import type { LogLine } from "./line";

const line = (at: number | null, container = "app"): LogLine => ({ at, container, level: null, text: `${at}` });

it("puts lines of two containers in the order of their times", () => {
  const first = withLines(EMPTY_BOOK, [line(1), line(3), line(5)]);
  const both = withLines(first, [line(2, "envoy"), line(4, "envoy"), line(6, "envoy")]);
  expect(both.lines.map(({ at }) => at)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(new Set(both.lines.map(({ id }) => id)).size).toBe(6);
});

it("keeps the latest, says how many it dropped, and keeps the order of one container", () => {
  const chunk = fc.array(fc.nat({ max: 1000 }), { maxLength: 30 });
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 10 }), (chunks) => {
      let book = EMPTY_BOOK;
      let all = 0;
      for (const times of chunks) {
        book = withLines(
          book,
          [...times].sort((a, b) => a - b).map((at) => line(at)),
          50,
        );
        all += times.length;
      }
      const times = book.lines.map(({ at }) => at ?? 0);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(book.lines.length + book.dropped).toBe(all);
      expect(book.lines.length).toBeLessThanOrEqual(50);
    }),
  );
});

it("leaves a line without a time behind the one it came after", () => {
  const book = withLines(EMPTY_BOOK, [line(1), line(null), line(2)]);
  expect(book.lines.map(({ text }) => text)).toEqual(["1", "null", "2"]);
  expect(withLines(book, [])).toBe(book);
});
