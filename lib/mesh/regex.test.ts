import { describe, expect, it } from "vitest";
import { regexOf } from "./regex";

function matches(expression: string, text: string): boolean | string {
  const regex = regexOf(expression);
  return regex.ok ? regex.matches(text) : regex.reason;
}

describe("regexOf", () => {
  it.each([
    ["/books", "/books", true],
    ["/books", "/books-bought", false],
    [".*a-book.*new", "/buy-a-book/new", true],
    ["/a|/b/c", "/b", false],
    ["^(.*?;)?(type=insider)(;.*)?$", "a=b;type=insider", true],
    // Bytes, as in Envoy: é is two of them.
    ["caf.", "café", false],
    ["caf..", "café", true],
    ["café", "café", true],
  ])("%s on %s: %s", (expression, text, expected) => {
    expect(matches(expression, text)).toBe(expected);
  });

  it.each([
    ["", "it is empty"],
    ["(", "missing closing ): `(`"],
    ["a(?=b)", "invalid or unsupported Perl syntax: `(?=`"],
    ["(a)\\1", "invalid escape sequence: `\\1`"],
    ["\\x{100}", "bytes are matched, and \\x{100} is no byte"],
    ["x{1000}x{1000}x{1000}x{1000}", "it makes up to 4004 instructions, and Envoy takes 4000"],
    ["[^/]{1000}[^/]{1000}", "it makes up to 4004 instructions, and Envoy takes 4000"],
  ])("refuses %s", (expression, reason) => {
    expect(regexOf(expression)).toEqual({ ok: false, reason });
  });
});
