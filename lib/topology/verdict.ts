/** Is anything wrong, in one sentence. */
import { formatQuantity, rateQuantity } from "@/lib/format/number";
import type { Health, RankedService } from "./health";

export interface Verdict {
  /** `empty`: there is no service yet. */
  readonly status: Health | "empty";
  readonly services: number;
  readonly needAttention: number;
  /** `2 of 14 services need attention: bookstore-v2 fails 12 % of 24/s; …` */
  readonly text: string;
}

/** More are counted, not named. */
export const MOST_NAMED = 3;

/** `ranked`: the worst first. `figures`: false when calls could not be measured, so that nothing is said of them. */
export function verdictOf(ranked: readonly RankedService[], figures: boolean): Verdict {
  const unwell = ranked.filter(({ status }) => status !== "healthy");
  const counts = { services: ranked.length, needAttention: unwell.length };
  if (ranked.length === 0) return { status: "empty", ...counts, text: "No service is in the mesh yet." };
  const [worst] = unwell;
  if (worst === undefined) return { status: "healthy", ...counts, text: well(ranked, figures) };
  const named = unwell.slice(0, MOST_NAMED).map(({ node, reasons }) => `${node.name} ${reasons[0] ?? ""}`);
  const more = unwell.length - named.length;
  const text = `${headline(counts)}: ${named.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`;
  return { status: worst.status, ...counts, text };
}

/** `2 of 14 services need attention`. */
export function headline({ services, needAttention }: Pick<Verdict, "services" | "needAttention">): string {
  return `${needAttention} of ${services} services ${needAttention === 1 ? "needs" : "need"} attention`;
}

function well(ranked: readonly RankedService[], figures: boolean): string {
  const one = ranked.length === 1;
  const whose = one ? "the one service" : `the ${ranked.length} services`;
  if (!figures) return `No pod of ${whose} is unready; calls could not be measured.`;
  const all = one ? "The one service" : `All ${ranked.length} services`;
  const denied = ranked.reduce((sum, { deniedPerSecond }) => sum + deniedPerSecond, 0);
  const refused = denied > 0 ? `; policy refuses ${formatQuantity(rateQuantity(denied))}` : "";
  return `${all} ${one ? "is" : "are"} well${refused}.`;
}
