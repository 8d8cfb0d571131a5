import { expect, test } from "vitest";
import { placeOfTip } from "./tip-place";

const VIEWPORT = { width: 400, height: 300 };
const TIP = { width: 100, height: 24 };
const button = (left: number, top: number) => ({ left, top, width: 28, height: 28 });

test("a tooltip stands beneath the middle of what it names", () => {
  expect(placeOfTip(button(186, 100), TIP, VIEWPORT)).toEqual({ left: 150, top: 134 });
});

test("at the lower edge it stands above", () => {
  expect(placeOfTip(button(186, 260), TIP, VIEWPORT)).toEqual({ left: 150, top: 230 });
});

test("it stays within the viewport on both sides", () => {
  expect(placeOfTip(button(2, 100), TIP, VIEWPORT).left).toBe(8);
  expect(placeOfTip(button(370, 100), TIP, VIEWPORT).left).toBe(292);
});

test("where there is room neither above nor beneath, beneath", () => {
  expect(placeOfTip(button(186, 8), TIP, { width: 400, height: 50 }).top).toBe(42);
});
