import { expect, test } from "vitest";
import { NO_WINDOW, RATE_BOUNDS, windowFault } from "./window";
import { RateWindowSchema } from "./window-schema";

const CASES = ["30s", "10s", "6h", "90s", "9s", "7h", "1d", "", "-5m", "5", "1e3s", "05m"];

test.each(CASES)("what the page says of %j is what the server says", (text) => {
  const fault = windowFault(text, RATE_BOUNDS);
  const read = RateWindowSchema.safeParse(text);
  expect(read.success).toBe(fault === null);
  if (!read.success) expect(read.error.issues[0]?.message).toBe(fault);
});

test("a window outside the bounds is told them, and what is none how one is written", () => {
  expect(windowFault("9s", RATE_BOUNDS)).toBe("must be from 10s to 21600s");
  expect(windowFault("soon", RATE_BOUNDS)).toBe(NO_WINDOW);
});
