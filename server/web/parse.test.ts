import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/contract/errors";
import { parseWith } from "./parse";

const schema = z.strictObject({
  window: z.string().regex(/^\d+s$/, { error: "must be seconds such as 30s" }),
  items: z.array(z.strictObject({ weight: z.number() })).optional(),
});

function refused(input: unknown): AppError {
  try {
    parseWith(schema, input, "query parameter");
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error("it was taken");
}

describe("parseWith", () => {
  it("gives back what fits, and nothing without a schema", () => {
    expect(parseWith(schema, { window: "5s" }, "field")).toEqual({ window: "5s" });
    expect(parseWith(undefined, { any: 1 }, "field")).toBeUndefined();
  });

  it.each([
    [{ window: "week" }, 'The query parameter "window" is "week": it must be seconds such as 30s.', "window"],
    [{}, 'The query parameter "window" is missing.', "window"],
    [{ window: "5s", widow: "5s" }, 'There is no query parameter "widow".', "widow"],
    [
      { window: "5s", items: [{ weight: "much" }] },
      'The query parameter "items[0].weight" is "much": it must be valid',
      "items[0].weight",
    ],
    [
      { window: "5s", items: [{ wait: 1, weight: 1 }] },
      'There is no query parameter "items[0].wait".',
      "items[0].wait",
    ],
    [null, "The request is null: it must be valid", ""],
  ])("says of %j what is wrong and where", (input, message, field) => {
    const error = refused(input);
    expect(error.code).toBe("invalid_request");
    expect(error.message).toContain(message);
    expect(error.details?.fields?.[0]?.field).toBe(field);
    expect(error.hint).toMatch(/\.$/);
  });

  it("names every field, and does not repeat a long value", () => {
    const error = refused({ window: "x".repeat(500), more: 1 });
    expect(error.details?.fields).toHaveLength(2);
    expect(error.message.length).toBeLessThan(200);
  });
});
