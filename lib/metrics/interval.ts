/** How sure one can be of a share that was counted. */

export interface ShareInterval {
  /** 0 to 1. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 %. */
const Z = 1.959964;

/**
 * Wilson's score interval of `hits` out of `trials`: unlike the plain normal one it stays within 0 and 1 and is right for
 * few trials and for shares near the ends. Counts may be estimates (a rate times its window). null without trials.
 */
export function wilsonInterval(hits: number, trials: number): ShareInterval | null {
  if (!(trials > 0) || !(hits >= 0)) return null;
  const share = Math.min(1, hits / trials);
  const z2 = Z * Z;
  const scale = 1 + z2 / trials;
  const centre = (share + z2 / (2 * trials)) / scale;
  const half = (Z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials))) / scale;
  // Rounding must not leave the share outside its own interval.
  return { share, low: Math.min(share, Math.max(0, centre - half)), high: Math.max(share, Math.min(1, centre + half)) };
}
