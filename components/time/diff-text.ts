/** Differences of two moments in words. */
import {
  formatQuantity,
  millisecondsQuantity,
  percentQuantity,
  type Quantity,
  rateQuantity,
} from "@/lib/format/number";
import type { DiffFigure, DiffKind, EdgeDiff, FigureChange } from "@/lib/topology/diff";

export const DIFF_SIGN: Readonly<Record<DiffKind, string>> = { new: "+", lost: "−", changed: "Δ" };
export const DIFF_WORD: Readonly<Record<DiffKind, string>> = { new: "new", lost: "lost", changed: "changed" };

export const FIGURE_WORD: Readonly<Record<DiffFigure, string>> = {
  rate: "rate",
  errors: "errors",
  denied: "denied",
  p95: "p95",
  encrypted: "encrypted",
  share: "split share",
};

export function figureQuantity(figure: DiffFigure, value: number | null): Quantity {
  if (figure === "rate" || figure === "denied") return rateQuantity(value);
  return figure === "p95" ? millisecondsQuantity(value) : percentQuantity(rounded(value));
}

/** Whole percents: what lies beneath is less than chance. */
function rounded(value: number | null): number | null {
  return value === null || value === 1 || value < 0.01 ? value : Math.min(0.99, Math.round(value * 100) / 100);
}

/** `rate 10 → 20/s`. */
export function changeOf({ figure, before, after }: FigureChange): string {
  const [old, now] = [figureQuantity(figure, before), figureQuantity(figure, after)];
  const from = old.unit === now.unit ? old.value : formatQuantity(old);
  return `${FIGURE_WORD[figure]} ${from} → ${formatQuantity(now)}`;
}

/** What an edge's label says: the sign and one figure; of a split its share, which is what the others follow from. */
export function diffLabel({ kind, changes }: EdgeDiff): string {
  const shown = changes.find(({ figure }) => figure === "share") ?? changes[0];
  if (shown === undefined) return DIFF_SIGN[kind];
  if (kind === "changed") return `${DIFF_SIGN[kind]} ${changeOf(shown)}`;
  const { figure, before, after } = shown;
  return `${DIFF_SIGN[kind]} ${formatQuantity(figureQuantity(figure, kind === "new" ? after : before))}`;
}
