import { describe, expect, it } from "vitest";
import { key, nodeId, parseKey } from "./refs";

describe("refs", () => {
  it("reads back what key writes", () => {
    expect(parseKey(key({ namespace: "bookstore", name: "bookstore-v1" }))).toEqual({
      namespace: "bookstore",
      name: "bookstore-v1",
    });
  });

  it("takes a name without a slash as one of the given namespace", () => {
    expect(parseKey("bookstore", "shop")).toEqual({ namespace: "shop", name: "bookstore" });
  });

  it("spells node ids with the kind in lower case", () => {
    expect(nodeId({ namespace: "a", kind: "Deployment", name: "b" })).toBe("a/deployment/b");
  });
});
