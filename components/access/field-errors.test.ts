import { describe, expect, it } from "vitest";
import { messageAt } from "./field-errors";

describe("messages at fields", () => {
  const messages = [
    { field: "spec.sources[0].kind", message: "must be ServiceAccount" },
    { field: "spec.rules.1.name", message: "is missing" },
    { field: "destination.name", message: "does not exist" },
  ];
  it("finds a field whether or not it stands under spec, and however its index is written", () => {
    expect(messageAt(messages, "sources[0].kind")).toBe("must be ServiceAccount");
    expect(messageAt(messages, "rules[1].name")).toBe("is missing");
    expect(messageAt(messages, "destination.name")).toBe("does not exist");
    expect(messageAt(messages, "sources[1].kind")).toBeUndefined();
  });
  it("finds what is inside a field when asked", () => {
    expect(messageAt(messages, "sources[0]", true)).toBe("must be ServiceAccount");
    expect(messageAt(messages, "sources", true)).toBe("must be ServiceAccount");
    expect(messageAt(messages, "source", true)).toBeUndefined();
  });
});
