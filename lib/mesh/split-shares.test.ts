import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadMeshInput } from "@/test/golden/load";
import { splitShares } from "./split-shares";
import { translate } from "./translate";

function shares(name: string, port: number | null) {
  const { objects, options } = loadMeshInput(join(process.cwd(), "test/golden/mesh", name, "input.yaml"));
  const model = translate(objects, options);
  const split = model.splits["shop/shop"];
  if (split === undefined) throw new Error(`${name} has no split of shop/shop`);
  return splitShares(model, split, port).map(({ service, share, state }) => [service, share, state]);
}

describe("splitShares", () => {
  it("gives each backend its part of all weights", () => {
    expect(shares("split-duplicate-backend", 14001)).toEqual([
      ["shop/shop-v1", 4 / 6, "ok"],
      ["shop/shop-v2", 2 / 6, "ok"],
    ]);
  });

  it("keeps the share of a missing backend", () => {
    expect(shares("split-backend-missing", 14001)).toEqual([
      ["shop/bare", 0.05, "missing"],
      ["shop/shop-v1", 0.8, "ok"],
      ["shop/shop-v3", 0.15, "missing"],
      ["shop/shop-v4", 0, "missing"],
    ]);
  });

  it("leaves out a backend that lacks the port", () => {
    expect(shares("split-backend-without-port", 14001)).toEqual([["shop/shop-v1", 1, "ok"]]);
    expect(shares("split-backend-without-port", 14002)).toEqual([]);
  });

  it("is 0 for all when no weight is above 0", () => {
    expect(shares("split-weights-zero", null).map(([, share]) => share)).toEqual([0, 0]);
  });
});
