import { expect, test } from "vitest";
import { pageOf } from "./pager";

const rows = Array.from({ length: 450 }, (_, index) => index);

test("shows 200 rows at a time, and the last page when there are no longer so many", () => {
  expect(pageOf(rows, 0)).toMatchObject({ first: 0, rows: { length: 200 } });
  expect(pageOf(rows, 2).rows).toEqual(rows.slice(400));
  expect(pageOf(rows, 9).first).toBe(400);
});

test("keeps a short list as it is", () => {
  const short = rows.slice(0, 200);
  expect(pageOf(short, 3)).toEqual({ first: 0, rows: short });
});
