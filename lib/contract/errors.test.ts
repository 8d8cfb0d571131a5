import { expect, it, vi } from "vitest";
import { AppError } from "./errors";

it("knows an error of the same module loaded once more, and no other", async () => {
  vi.resetModules();
  const other = await import("./errors");
  expect(other.AppError).not.toBe(AppError);
  expect(new other.AppError("not_found", "gone")).toBeInstanceOf(AppError);
  expect(new Error("a bug")).not.toBeInstanceOf(AppError);
  class Special extends AppError {}
  expect(new Special("conflict", "two")).toBeInstanceOf(AppError);
  expect(new AppError("conflict", "two")).not.toBeInstanceOf(Special);
});
