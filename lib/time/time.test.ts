import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { durationParam, formatDuration, parseDuration } from "./duration";
import { alignedRange, niceStep, pointCount } from "./range";

describe("durations", () => {
  it.each([
    ["30s", 30],
    ["5m", 300],
    ["1h30m", 5400],
    ["2d", 172_800],
    ["500ms", 0.5],
    ["1.5h", 5400],
    ["1m500ms", 60.5],
  ])("reads %s", (text, seconds) => expect(parseDuration(text)).toBe(seconds));

  it.each(["", "5", "m", "5 m", "-5s", "1..5s", null, 5])("refuses %j", (text) =>
    expect(parseDuration(text)).toBeNull(),
  );

  it.each([
    [0, "0s"],
    [0.25, "250ms"],
    [45, "45s"],
    [90, "1m 30s"],
    [3599.6, "1h"],
    [3725, "1h 2m"],
    [187_200, "2d 4h"],
    [Number.NaN, "–"],
  ])("writes %d", (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it("reads back what it writes as a parameter", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10 ** 6 }), (n) => parseDuration(durationParam(n)) === n));
  });
});

describe("ranges", () => {
  it("chooses a step that people count in", () => {
    expect(niceStep(900, 180)).toBe(5);
    expect(niceStep(3600, 180)).toBe(30);
    expect(niceStep(10 * 86_400, 5)).toBe(2 * 86_400);
  });

  it("keeps points in their places while time goes on", () => {
    expect(alignedRange(1003, 60, 5)).toEqual(alignedRange(1004.9, 60, 5));
    expect(alignedRange(1003, 60, 5)).toEqual({ start: 940, end: 1000, stepSeconds: 5 });
    expect(pointCount(alignedRange(1003, 60, 5))).toBe(13);
  });
});
