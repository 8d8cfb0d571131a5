/** How near a certificate is to its end, measured by its own life: each is renewed when a third of that is left. */
import type { Certificate } from "@/lib/contract/admin";

export type CertificateState = "good" | "late" | "ending" | "ended" | "not-yet";

/** Less of its life left than this: it should have been renewed by now, and a person should look. */
const LATE_SHARE = 0.25;
const ENDING_SHARE = 0.1;
const DAY_MS = 86_400_000;
/** A root is renewed by people. */
const ROOT_LATE_MS = 90 * DAY_MS;
const ROOT_ENDING_MS = 30 * DAY_MS;

type Life = Pick<Certificate, "kind" | "notBefore" | "notAfter">;

/** `now`: unix milliseconds. */
export function certificateState({ kind, notBefore, notAfter }: Life, now: number): CertificateState {
  const begin = Date.parse(notBefore);
  const end = Date.parse(notAfter);
  const left = end - now;
  if (left <= 0) return "ended";
  if (begin > now) return "not-yet";
  const [late, ending] =
    kind === "root" ? [ROOT_LATE_MS, ROOT_ENDING_MS] : [LATE_SHARE * (end - begin), ENDING_SHARE * (end - begin)];
  return left <= ending ? "ending" : left <= late ? "late" : "good";
}

/** What to do, by state; "" for nothing. */
export const CERTIFICATE_REMEDY: Readonly<Record<CertificateState, string>> = {
  good: "",
  late: "It should have been renewed: look at the controller's log.",
  ending: "It ends soon and was not renewed: look at the controller's log now.",
  ended: "It has ended: calls that show it are refused.",
  "not-yet": "It does not count yet: compare the clocks of the controller and of this browser.",
};

const MINUTE_MS = 60_000;
const FARTHEST_MS = 20 * 365 * DAY_MS;

/** Where an instant `leftMs` from now stands on a strip from now (0) to twenty years (1): minutes and years both show. */
export function stripPosition(leftMs: number): number {
  if (leftMs <= MINUTE_MS) return 0;
  return Math.min(1, Math.log(leftMs / MINUTE_MS) / Math.log(FARTHEST_MS / MINUTE_MS));
}

/** Certificates by where their end stands on the strip; empty bins are left out. */
export function stripBins<C extends Life>(
  certificates: readonly C[],
  { now, bins }: { readonly now: number; readonly bins: number },
): readonly { readonly index: number; readonly certificates: readonly C[] }[] {
  const found = new Map<number, C[]>();
  for (const certificate of certificates) {
    const position = stripPosition(Date.parse(certificate.notAfter) - now);
    const index = Math.min(bins - 1, Math.floor(position * bins));
    const bin = found.get(index);
    if (bin) bin.push(certificate);
    else found.set(index, [certificate]);
  }
  return [...found].sort(([a], [b]) => a - b).map(([index, members]) => ({ index, certificates: members }));
}
