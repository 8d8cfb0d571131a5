/** Cubics through ascending points that never fall between them (Fritsch and Carlson, 1980). */

/** A stretch between two points: how long it is, and how much the curve rises along it. */
export interface Stretch {
  /** More than 0. */
  readonly length: number;
  /** At least 0. */
  readonly rise: number;
}

/**
 * The slope of the curve where two stretches meet: flat where either is, else a harmonic mean weighted by length, which is
 * at most three times the slope of either. That is what keeps the curve from overshooting.
 */
export function slopeBetween(before: Stretch, after: Stretch): number {
  if (!(before.rise > 0) || !(after.rise > 0)) return 0;
  const left = 2 * after.length + before.length;
  const right = after.length + 2 * before.length;
  return (left + right) / ((left * before.length) / before.rise + (right * after.length) / after.rise);
}

const MOST_ROUNDS = 60;
const CLOSE = 1e-10;

/**
 * Where (0 to 1) the cubic from 0 to 1 reaches `height` (0 to 1). `starts` and `ends` are its slopes there, 0 to 3. Newton's
 * steps, halved where they would leave what is known to hold it.
 */
export function cubicReaches(height: number, starts: number, ends: number): number {
  let low = 0;
  let high = 1;
  let at = height;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const rest = 1 - at;
    const error = starts * at * rest * rest + at * at * (3 - 2 * at) - ends * at * at * rest - height;
    if (error === 0) return at;
    if (error > 0) high = at;
    else low = at;
    const slope = starts * rest * (1 - 3 * at) + 6 * at * rest + ends * at * (3 * at - 2);
    const step = at - error / slope;
    // Before the bounds are asked: at its goal a step is too small to stay between them.
    if (Math.abs(step - at) < CLOSE) return at;
    at = step > low && step < high ? step : (low + high) / 2;
  }
  return at;
}
