import { expect, it } from "vitest";
import { intlZone, isTimeZone } from "./time-zone";

it("knows the browser's own zone, UTC and IANA names", () => {
  expect(["local", "UTC", "Europe/Berlin"].every(isTimeZone)).toBe(true);
  expect(isTimeZone("Mars/Olympus")).toBe(false);
  expect(intlZone("local")).toBeUndefined();
  expect(intlZone("UTC")).toBe("UTC");
});
