/**
 * The arithmetic of a split's bar: whole percentages that always sum to 100. SMI weights are relative, so an object with
 * weights 1 and 3 is shown as 25 and 75; `toWeights` keeps the object's own scale where that says the same.
 */
export interface Portion {
  readonly service: string;
  /** Whole percent, 0 to 100. */
  readonly percent: number;
  /** A locked portion keeps its percentage while others are moved. */
  readonly locked: boolean;
}

export interface Weighted {
  readonly service: string;
  /** Relative, 0 or more. */
  readonly weight: number;
}

/** Shares `total` whole percents in proportion to `weights` (largest remainder; equal parts when all weights are 0). */
export function apportion(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (sum > 0 ? (total * weight) / sum : total / weights.length));
  const whole = exact.map(Math.floor);
  let left = total - whole.reduce((all, part) => all + part, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    whole[index] = (whole[index] ?? 0) + 1;
    left -= 1;
  }
  return whole;
}

export function fromWeights(backends: readonly Weighted[]): Portion[] {
  const percents = apportion(
    100,
    backends.map((backend) => backend.weight),
  );
  return backends.map((backend, index) => ({
    service: backend.service,
    percent: percents[index] ?? 0,
    locked: false,
  }));
}

/** Gives one portion a percentage; the unlocked others share what is left in their old proportion. Bounded by the locks. */
export function setPercent(portions: readonly Portion[], index: number, percent: number): Portion[] {
  const others = portions.map((portion, at) => at !== index && !portion.locked);
  if (portions[index] === undefined || portions[index].locked || !others.includes(true)) return [...portions];
  const lockedTotal = portions.reduce((all, one, at) => all + (at !== index && one.locked ? one.percent : 0), 0);
  const wanted = Math.round(Math.min(Math.max(percent, 0), 100 - lockedTotal));
  const shares = apportion(
    100 - lockedTotal - wanted,
    portions.map((portion, at) => (others[at] ? portion.percent : 0)).filter((_, at) => others[at]),
  );
  let next = 0;
  return portions.map((portion, at) => {
    if (at === index) return { ...portion, percent: wanted };
    if (!others[at]) return portion;
    const given = shares[next] ?? 0;
    next += 1;
    return { ...portion, percent: given };
  });
}

/** Moves the divider right of portion `divider` by whole percents; only the nearest unlocked portions on both sides change. */
export function moveDivider(portions: readonly Portion[], divider: number, byPercent: number): Portion[] {
  const left = findUnlocked(portions, divider, -1);
  const right = findUnlocked(portions, divider + 1, 1);
  const leftPortion = left === null ? undefined : portions[left];
  const rightPortion = right === null ? undefined : portions[right];
  if (!leftPortion || !rightPortion) return [...portions];
  const moved = Math.round(Math.min(Math.max(byPercent, -leftPortion.percent), rightPortion.percent));
  return portions.map((portion, at) => {
    if (at === left) return { ...portion, percent: portion.percent + moved };
    if (at === right) return { ...portion, percent: portion.percent - moved };
    return portion;
  });
}

export function setLocked(portions: readonly Portion[], index: number, locked: boolean): Portion[] {
  return portions.map((portion, at) => (at === index ? { ...portion, locked } : portion));
}

/** Weights for the object: on its old scale where every percentage is a whole weight there, else the percentages. */
export function toWeights(portions: readonly Portion[], before: readonly Weighted[]): Weighted[] {
  const scale = before.reduce((all, backend) => all + backend.weight, 0);
  const scaled = portions.map((portion) => (portion.percent * scale) / 100);
  const exact = scale > 0 && Number.isInteger(scale) && scaled.every(Number.isInteger);
  return portions.map((portion, index) => ({
    service: portion.service,
    weight: exact ? (scaled[index] ?? 0) : portion.percent,
  }));
}

export function samePercents(a: readonly Portion[], b: readonly Portion[]): boolean {
  return a.length === b.length && a.every((one, at) => one.service === b[at]?.service && one.percent === b[at].percent);
}

/** `90/10`: how a change is named on its button. */
export function percentsText(portions: readonly Portion[]): string {
  return portions.map((portion) => portion.percent).join("/");
}

function findUnlocked(portions: readonly Portion[], from: number, step: 1 | -1): number | null {
  for (let at = from; at >= 0 && at < portions.length; at += step) if (!portions[at]?.locked) return at;
  return null;
}
