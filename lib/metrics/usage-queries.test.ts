import { expect, test } from "vitest";
import { ENVOY_POLICY_LABEL } from "./names";
import { grownTotals, policyUses } from "./usage-queries";

const series = (name: string, ...values: (number | null)[]) => ({
  labels: { [ENVOY_POLICY_LABEL]: name },
  points: values.flatMap((value, index) => (value === null ? [] : [[index * 60, value] as const])),
});

test("a policy was last used when its total last grew, also by its very first call", () => {
  const { lastUsedAt, unsure } = policyUses(
    [series("busy", 1, 2, 3, 3), series("idle", 7, 7, 7, 7), series("once", null, null, 1, 1)],
    0,
  );
  expect(Object.fromEntries(lastUsedAt)).toEqual({ busy: 120_000, once: 120_000 });
  expect(unsure.size).toBe(0);
});

test("a total that was there at the first scrape is no use, and one that fell is unsure", () => {
  const { lastUsedAt, unsure } = policyUses([series("old", null, 5, 5), series("restarted", 9, 4, 4)], 60);
  expect([...lastUsedAt.keys()]).toEqual([]);
  expect([...unsure]).toEqual(["restarted"]);
});

test("totals that grew, appeared, or began anew count as used", () => {
  const sample = (edge: string, value: number) => ({ labels: { edge }, value });
  const now = [sample("grew", 5), sample("new", 1), sample("anew", 2), sample("same", 4), sample("zero", 0)];
  const then = [sample("grew", 4), sample("anew", 9), sample("same", 4), sample("zero", 3)];
  expect([...grownTotals(now, then, ({ labels }) => labels.edge ?? "")]).toEqual(["grew", "new", "anew"]);
});

test("when observing has only begun, whatever was counted may have been used", () => {
  const { lastUsedAt, unsure } = policyUses([series("counted", 5), series("never", 0)], null);
  expect([...lastUsedAt.keys()]).toEqual([]);
  expect([...unsure]).toEqual(["counted"]);
});
