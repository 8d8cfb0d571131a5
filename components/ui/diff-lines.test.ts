import fc from "fast-check";
import { expect, test } from "vitest";
import { diffLines } from "./diff-lines";

test("keeps what is equal and names what goes and comes", () => {
  expect(diffLines("a\nb\nc\n", "a\nx\nc\n").map((line) => `${line.kind[0]}${line.text}`)).toEqual([
    "sa",
    "rb",
    "ax",
    "sc",
  ]);
});

test("both texts can be read back from the difference", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", ""), { minLength: 1, maxLength: 12 })
    .map((lines) => lines.join("\n"));
  const normal = (value: string) => value.replace(/\n$/, "");
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const side = (skip: string) =>
        lines
          .filter((line) => line.kind !== skip)
          .map((line) => line.text)
          .join("\n");
      expect(side("added")).toBe(normal(before));
      expect(side("removed")).toBe(normal(after));
    }),
  );
});
