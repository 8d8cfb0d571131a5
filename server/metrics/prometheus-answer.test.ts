import { describe, expect, it } from "vitest";
import { MATRIX, readRows, VECTOR } from "./prometheus-answer";

const vector = (...result: unknown[]) => ({ resultType: "vector", result });
const matrix = (...result: unknown[]) => ({ resultType: "matrix", result });

describe("answers of Prometheus", () => {
  it("reads vectors; what is no number has no value", () => {
    const row = (text: string) => ({ metric: { le: "5" }, value: [10.5, text] });
    expect(readRows(vector(row("2.5"), row("NaN"), row("+Inf")), VECTOR)).toEqual([
      { labels: { le: "5" }, value: 2.5 },
      { labels: { le: "5" }, value: null },
      { labels: { le: "5" }, value: null },
    ]);
    expect(readRows(vector(), VECTOR)).toEqual([]);
  });

  it("reads matrices", () => {
    const values = [
      [10, "1"],
      [20, "NaN"],
    ];
    expect(readRows(matrix({ metric: {}, values }), MATRIX)).toEqual([
      {
        labels: {},
        points: [
          [10, 1],
          [20, null],
        ],
      },
    ]);
  });

  it.each([
    null,
    "text",
    [],
    { resultType: "vector" },
    matrix(),
    vector(null),
    vector({ value: [1, "2"] }),
    vector({ metric: { le: 5 }, value: [1, "2"] }),
    vector({ metric: [], value: [1, "2"] }),
    vector({ metric: {} }),
    vector({ metric: {}, value: ["1", "2"] }),
    vector({ metric: {}, value: [1, 2] }),
  ])("refuses %j as a vector", (data) => {
    expect(() => readRows(data, VECTOR)).toThrow("Prometheus answered in a shape that is not known");
  });

  it.each([vector(), matrix({ metric: {} }), matrix({ metric: {}, values: [["a", "b"]] })])(
    "refuses %j as a matrix",
    (data) => {
      expect(() => readRows(data, MATRIX)).toThrow("Prometheus answered in a shape that is not known");
    },
  );
});
