import fc from "fast-check";
import { expect, test } from "vitest";
import { pathTemplate } from "@/lib/calls/template";
import { regexOf } from "./regex";
import { templateRegex } from "./template-regex";

test("the expression of a path's template fits the path", () => {
  const segment = fc.oneof(fc.nat().map(String), fc.uuid(), fc.emailAddress(), fc.stringMatching(/^[a-z.+*-]{1,70}$/));
  const path = fc.array(segment, { maxLength: 14 }).map((parts) => `/${parts.join("/")}`);
  fc.assert(
    fc.property(path, (text) => {
      const plain = text.split(/[?#;]/, 1)[0] ?? "";
      const regex = regexOf(templateRegex(pathTemplate(text)));
      expect(regex.ok && regex.matches(plain)).toBe(true);
    }),
  );
});

test("words are taken as they are written", () => {
  expect(templateRegex("/a.b/{n}/c+")).toBe("/a\\.b/[^/]+/c\\+");
});
