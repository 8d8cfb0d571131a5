import { describe, expect, it } from "vitest";
import { workMs } from "./latency";

describe("workMs", () => {
  it("stays positive and within twenty medians for any random source", () => {
    for (const value of [0, 0.0001, 0.5, 0.999999]) {
      const ms = workMs(10, () => value);
      expect(ms).toBeGreaterThan(0);
      expect(ms).toBeLessThanOrEqual(200);
    }
  });

  it("has its median near the one asked for", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    const sorted = Array.from({ length: 2001 }, () => workMs(10, random)).sort((a, b) => a - b);
    expect(sorted[1000]).toBeGreaterThan(8);
    expect(sorted[1000]).toBeLessThan(12.5);
  });
});
