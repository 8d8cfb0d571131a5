/** When certificates are made anew. Pure. */
const SHARE_OF_LIFE = 2 / 3;
/** Renewals of certificates that were made together spread over this share of their life, so that they do not come together. */
const JITTER_SHARE = 0.1;

/** Unix milliseconds at which to renew: two thirds into its life, up to a tenth of it earlier. `random` is 0 to 1. */
export function renewAt(life: { readonly notBefore: Date; readonly notAfter: Date }, random: number): number {
  const start = life.notBefore.getTime();
  const length = life.notAfter.getTime() - start;
  return Math.round(start + length * (SHARE_OF_LIFE - JITTER_SHARE * random));
}
