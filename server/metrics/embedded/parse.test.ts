import { describe, expect, it } from "vitest";
import { ExpositionReader, metricName, parseLabels } from "./parse";

function read(...pieces: readonly string[]): [string, number][] {
  const found: [string, number][] = [];
  const reader = new ExpositionReader((series, value) => found.push([series, value]));
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return found;
}

describe("exposition", () => {
  it("reads samples and skips comments, blank lines and timestamps", () => {
    expect(read('# HELP a b\n# TYPE a counter\na 1\n\na{x="1"} 2.5 1700000000000\r\nb{} +Inf\nc\t-1e3')).toEqual([
      ["a", 1],
      ['a{x="1"}', 2.5],
      ["b{}", Number.POSITIVE_INFINITY],
      ["c", -1000],
    ]);
  });

  it("reads the same whatever the pieces it comes in", () => {
    const text = 'one{a="x y",b="}"} 1\ntwo 2\nthree{c="\\"q\\""} 3\n';
    const whole = read(text);
    for (let cut = 1; cut < text.length; cut += 1) expect(read(text.slice(0, cut), text.slice(cut))).toEqual(whole);
    expect(whole.map(([series]) => series)).toEqual(['one{a="x y",b="}"}', "two", 'three{c="\\"q\\""}']);
  });

  it("has NaN as a value", () => expect(read("a NaN\n")[0]?.[1]).toBeNaN());

  it.each(["a\n", "a b\n", "a 1 2 3\n", "<html>\n", "a 1 soon\n"])("refuses %j", (text) => {
    expect(() => read(text)).toThrow(SyntaxError);
  });

  it("reads names and labels", () => {
    const series = 'm_total{cluster="shop/web|80", path="a\\\\b\\"c\\n", }';
    expect(metricName(series)).toBe("m_total");
    expect(parseLabels(series)).toEqual({ cluster: "shop/web|80", path: 'a\\b"c\n' });
    expect(parseLabels("plain")).toEqual({});
    expect(parseLabels('broken{a="1}')).toBeNull();
    expect(parseLabels('broken{a="1" b="2"}')).toBeNull();
  });
});
