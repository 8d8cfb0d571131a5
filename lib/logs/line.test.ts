import fc from "fast-check";
import { expect, it, test } from "vitest";
import { levelOf, parseLogLine } from "./line";

test("time, level and text of a line with a timestamp", () => {
  const line = "2026-11-25T10:00:00.123456789Z [2026-11-25 10:00:00.123][12][warning][config] bad thing";
  expect(parseLogLine("envoy", line)).toEqual({
    at: Date.parse("2026-11-25T10:00:00.123Z"),
    container: "envoy",
    level: "warning",
    text: "[2026-11-25 10:00:00.123][12][warning][config] bad thing",
  });
  expect(parseLogLine("app", "no time here")).toMatchObject({ at: null, level: null, text: "no time here" });
  expect(parseLogLine("app", "2026-11-25T10:00:00Z")).toMatchObject({ text: "" });
  expect(parseLogLine("app", "2026-11-25T10:00:00Z \u001b[31mred\u001b[0m\u0007").text).toBe("red");
  expect(parseLogLine("app", "x".repeat(9_000)).text.length).toBeLessThan(4_010);
});

test.each([
  ['{"level":50,"msg":"x"}', "error"],
  ['{"time":1,"level":"warn"}', "warning"],
  ['{"level":20}', "debug"],
  ["time=1 level=error msg=x", "error"],
  ["[error] x", "error"],
  ["ERROR: it broke", "error"],
  ["2026-11-25 10:00:00 INFO started", "info"],
  ["W1125 10:00:00.000000 1 main.go:1] x", "warning"],
  ["[2026-11-25 10:00:00.000][1][info][main] x", "info"],
  ["20 calls in 10 s, 0 errors", null],
  ["errors: none", null],
  ["", null],
])("%s is %s", (text, level) => expect(levelOf(text)).toBe(level));

it("never throws, whatever is written", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(typeof parseLogLine("app", text).text).toBe("string");
    }),
  );
});
