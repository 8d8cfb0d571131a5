import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { pathTemplate } from "./template";

test.each([
  ["/books-bought", "/books-bought"],
  ["/", "/"],
  ["", ""],
  ["/books/17", "/books/{n}"],
  ["/books/17/pages/3?from=2#top", "/books/{n}/pages/{n}"],
  ["/v1/users", "/v1/users"],
  ["/api/v2beta1/things", "/api/v2beta1/things"],
  ["/users/7f8f3c1a-3b2c-4d5e-8f90-a1b2c3d4e5f6/cart", "/users/{uuid}/cart"],
  ["/blobs/9e107d9d372bb6826bd81d3542a419d6", "/blobs/{id}"],
  ["/days/2026-11-25", "/days/{date}"],
  ["/mail/ann@example.org", "/mail/{mail}"],
  ["/t/a8Xk2Lm9Qz7wT4", "/t/{id}"],
  ["/deadbeef/cafe", "/deadbeef/cafe"],
  ["/package.Service/Method", "/package.Service/Method"],
  ["/café/%E2%82%AC", "/café/%E2%82%AC"],
])("%s is %s", (path, template) => expect(pathTemplate(path)).toBe(template));

describe("any path", () => {
  const segment = fc.oneof(
    fc.string({ maxLength: 100 }),
    fc.nat().map(String),
    fc.uuid(),
    fc.constantFrom("books", "v1", "…", "{n}", "", "%2F"),
  );
  const path = fc.array(segment, { maxLength: 30 }).map((parts) => `/${parts.join("/")}`);

  it("gives a template of bounded length that is its own template", () => {
    fc.assert(
      fc.property(path, (text) => {
        const template = pathTemplate(text);
        expect(template.length).toBeLessThanOrEqual(12 * 61);
        expect(pathTemplate(template)).toBe(template);
      }),
    );
  });

  it("gives one template for all numbers and all ids in one place", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.uuid(), fc.uuid(), (n, m, one, other) => {
        expect(pathTemplate(`/a/${n}/b/${one}`)).toBe(pathTemplate(`/a/${m}/b/${other}`));
      }),
    );
  });

  it("does not depend on the query", () => {
    fc.assert(
      fc.property(path, fc.string(), (text, query) => {
        const plain = text.split(/[?#;]/, 1)[0] ?? "";
        expect(pathTemplate(`${plain}?${query}`)).toBe(pathTemplate(plain));
      }),
    );
  });
});
