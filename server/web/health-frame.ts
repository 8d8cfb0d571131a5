/** The health of now, made once for all who look, and never later than a probe waits. */
import type { Health } from "@/lib/contract/health";
import type { Partial } from "@/lib/contract/topology";
import { encodeEvent } from "./event-queue";
import { type HealthFacts, healthOf } from "./health";
import { within } from "./within";

export interface HealthFrame {
  readonly health: Health;
  /** Equal for equal health, whatever its time. */
  readonly text: string;
  readonly event: Uint8Array;
}

export interface HealthSources {
  readonly about: Pick<HealthFacts, "startedAt" | "version" | "meshName" | "statusFile">;
  /** What each source says of itself. */
  readonly parts: Readonly<Record<Partial["part"], () => Promise<readonly Partial[]>>>;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Probes give up after a second by default. */
const PATIENCE_MS = 800;

export async function readHealth({ about, parts, now }: HealthSources): Promise<HealthFrame> {
  const names = Object.keys(parts) as Partial["part"][];
  const partial = await Promise.all(names.map((name) => within(PATIENCE_MS, parts[name](), () => [late(name)])));
  const health = await healthOf({ ...about, at: now(), partial: partial.flat() });
  const { at: _, ...rest } = health;
  return { health, text: JSON.stringify(rest), event: encodeEvent("health", health) };
}

function late(part: Partial["part"]): Partial {
  return {
    part,
    message: `It has not answered for ${PATIENCE_MS / 1000} s.`,
    hint: "It may be starting, overloaded or stopped.",
    lastGoodAt: null,
  };
}
