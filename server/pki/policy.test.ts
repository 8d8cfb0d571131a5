import { describe, expect, it } from "vitest";
import { renewAt } from "./policy";

describe("renewAt", () => {
  const life = { notBefore: new Date(0), notAfter: new Date(30 * 3600_000) };

  it("is two thirds into the life, or up to a tenth of it earlier", () => {
    expect(renewAt(life, 0)).toBe(20 * 3600_000);
    expect(renewAt(life, 1)).toBe(17 * 3600_000);
  });
});
