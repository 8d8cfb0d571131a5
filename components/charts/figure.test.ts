import { expect, test } from "vitest";
import { bytesPerSecond, figureText, milliseconds, percent, perSecond } from "./figure";

test.each([
  [perSecond(0), "0/s"],
  [perSecond(null), "–"],
  [perSecond(Number.NaN), "–"],
  [perSecond(23.456), "23.5/s"],
  [perSecond(12_345), "12.3k/s"],
  [percent(0.99996), ">99.9%"],
  [percent(1), "100%"],
  [percent(0.0001), "<0.1%"],
  [percent(0.0123), "1.23%"],
  [milliseconds(4.5678), "4.57 ms"],
  [milliseconds(1500), "1.5 s"],
  [bytesPerSecond(1_234_000), "1.23 MB/s"],
])("%o reads %s", (figure, text) => {
  expect(figureText(figure)).toBe(text);
});
