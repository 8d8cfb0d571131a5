/** GET /api/settings/sources: each place the dashboard reads from, asked now. A check never rejects: it says what is wrong. */
import { AppError } from "@/lib/contract/errors";
import type { DataSource } from "@/lib/contract/settings";
import type { SOURCE_IDS } from "@/lib/contract/source-ids";

export type SourceId = (typeof SOURCE_IDS)[number];

/** What a check found; `state` is ok unless said. */
export interface Finding {
  readonly message: string;
  readonly state?: DataSource["state"];
  readonly hint?: string;
  readonly facts?: readonly Fact[];
  readonly rights?: DataSource["rights"];
}

export type Fact = readonly [name: string, value: string];

/** Runs one check; `facts` are known whether or not it answers. */
export async function checkSource(
  { id, facts = [], now }: { readonly id: SourceId; readonly facts?: readonly Fact[]; readonly now: () => number },
  check: () => Promise<Finding>,
): Promise<DataSource> {
  const started = performance.now();
  const source = (finding: Finding, latencyMs: number | null): DataSource => ({
    id,
    state: finding.state ?? "ok",
    message: finding.message,
    hint: finding.hint ?? "",
    latencyMs,
    checkedAt: now(),
    facts: [...facts, ...(finding.facts ?? [])].map(([name, value]) => ({ name, value })),
    rights: [...(finding.rights ?? [])],
  });
  try {
    const finding = await check();
    const answered = finding.state !== "absent";
    return source(finding, answered ? performance.now() - started : null);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return source({ state: "down", message: error.message, hint: error.hint ?? "" }, null);
  }
}

/** Host and port: what else an address carries may be secret. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
