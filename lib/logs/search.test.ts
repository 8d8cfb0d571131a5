import fc from "fast-check";
import { expect, it } from "vitest";
import { logSearch } from "./search";

it("finds text as it stands, in any case, and a pattern between slashes", () => {
  const plain = logSearch("a.b(");
  expect(plain.ok && plain.test("x A.B( y")).toBe(true);
  expect(plain.ok && plain.test("aXb(")).toBe(false);
  const pattern = logSearch("/4\\d\\d/");
  expect(pattern.ok && pattern.split("status 404 and 403")).toEqual([
    { text: "status ", hit: false },
    { text: "404", hit: true },
    { text: " and ", hit: false },
    { text: "403", hit: true },
  ]);
  expect(logSearch("/(/")).toMatchObject({ ok: false });
  const all = logSearch("");
  expect(all.ok && all.test("anything")).toBe(true);
});

it("loses nothing of a line when it marks it", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (needle, text) => {
      const search = logSearch(needle);
      if (search.ok)
        expect(
          search
            .split(text)
            .map((piece) => piece.text)
            .join(""),
        ).toBe(text);
    }),
  );
});
