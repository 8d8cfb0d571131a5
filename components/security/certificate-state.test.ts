import fc from "fast-check";
import { expect, test } from "vitest";
import { certificateState, stripBins, stripPosition } from "./certificate-state";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-06-01T12:00:00Z");
const at = (hours: number) => new Date(NOW + hours * HOUR).toISOString();
const workload = (from: number, to: number) => ({ kind: "workload" as const, notBefore: at(from), notAfter: at(to) });

test("a certificate is judged by its own life: renewal is due when a third is left", () => {
  expect(certificateState(workload(-15, 9), NOW)).toBe("good");
  expect(certificateState(workload(-19, 5), NOW)).toBe("late");
  expect(certificateState(workload(-22, 2), NOW)).toBe("ending");
  expect(certificateState(workload(-24, 0), NOW)).toBe("ended");
  expect(certificateState(workload(1, 25), NOW)).toBe("not-yet");
});

test("a root is judged by days, because people renew it", () => {
  const root = (days: number) => ({ kind: "root" as const, notBefore: at(-24 * 3000), notAfter: at(24 * days) });
  expect(certificateState(root(91), NOW)).toBe("good");
  expect(certificateState(root(60), NOW)).toBe("late");
  expect(certificateState(root(7), NOW)).toBe("ending");
});

test("later ends stand farther right, and every certificate stands somewhere", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      (a, b) => {
        const [near, far] = a < b ? [a, b] : [b, a];
        expect(stripPosition(near)).toBeLessThanOrEqual(stripPosition(far));
        expect(stripPosition(far)).toBeLessThanOrEqual(1);
      },
    ),
  );
  const bins = stripBins([workload(-1, 1), workload(-1, 1), workload(-1, 1e6), workload(-9, -1)], {
    now: NOW,
    bins: 40,
  });
  expect(bins.map(({ certificates }) => certificates.length)).toEqual([1, 2, 1]);
  expect(bins.at(-1)?.index).toBe(39);
});
