import { expect, it } from "vitest";
import { createBackoff } from "./backoff";

it("waits twice as long each time, up to the most, and starts over after a steady minute", () => {
  const backoff = createBackoff(250, 1500);
  expect([0, 0, 0, 0, 60_000, 0].map((ranMs) => backoff.next(ranMs))).toEqual([250, 500, 1000, 1500, 250, 500]);
});
