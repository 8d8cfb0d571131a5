/** What an overview shows besides the graph's frame: read once for everybody, and rarer than the figures of now. */
import type { ControllerChanges, ControllerStatus } from "@/lib/contract/admin";
import { AppError } from "@/lib/contract/errors";
import { MOST_CHANGES } from "@/lib/contract/most-changes";
import type { Trend } from "@/lib/contract/overview";
import type { Partial } from "@/lib/contract/topology";
import type { ControllerClient } from "./controller-client";
import { NO_CONTROLLER } from "./controller-facts";
import { SharedFrames } from "./shared-frames";
import { sourceAway } from "./source-away";
import { readTrend, readUsual, type TrendSources, type Usual } from "./trend";

export interface ControlFrame {
  /** null: the controller does not answer. */
  readonly status: ControllerStatus | null;
  /** Of the last hour, or why they are not known. */
  readonly changes: ControllerChanges | Partial;
}

/** A part that could not be read, with a word why. */
export interface Measured<T> {
  readonly value: T;
  readonly queries: { readonly count: number; readonly ms: number };
  readonly partial: readonly Partial[];
}

export interface OverviewReader {
  /** Both of now, as long as somebody looks. */
  trend(): Promise<Measured<Trend | null>>;
  usual(): Promise<Measured<Usual>>;
  control(): Promise<ControlFrame>;
  /** Up to a past instant (unix milliseconds). */
  pastTrend(at: number): Promise<Measured<Trend | null>>;
  pastUsual(at: number): Promise<Measured<Usual>>;
  /** Some object changed: what the controller saw may be more. */
  poke(): void;
}

const TREND_MS = 15_000;
const USUAL_MS = 60_000;
const CONTROL_MS = 2_000;
const POKE_MS = 200;
const HOUR_MS = 3600_000;

export function overviewReader(sources: TrendSources, client: ControllerClient | null): OverviewReader {
  const { now } = sources;
  const shared = <F>(periodMs: number, load: (previous: F | null) => Promise<F>) =>
    new SharedFrames<F>({ load: (_key, previous) => load(previous), now, periodMs, pokeMs: POKE_MS });
  const trend = shared<Measured<Trend | null>>(TREND_MS, (previous) =>
    measured(sources, () => readTrend(sources, now()), previous?.value ?? null),
  );
  const usual = shared<Measured<Usual>>(USUAL_MS, (previous) =>
    measured(sources, () => readUsual(sources, now()), previous?.value ?? new Map()),
  );
  const control = shared<ControlFrame>(CONTROL_MS, () => readControl(client, now));
  return {
    trend: () => trend.get(0),
    usual: () => usual.get(0),
    control: () => control.get(0),
    pastTrend: (at) => measured(sources, () => readTrend(sources, at), null),
    pastUsual: (at) => measured<Usual>(sources, () => readUsual(sources, at), new Map()),
    poke: () => control.poke(),
  };
}

/** What `read` answers; when the store is away the last good value, or none, and a word why. */
async function measured<T>(
  { now }: Pick<TrendSources, "now">,
  read: () => Promise<T>,
  otherwise: T,
): Promise<Measured<T>> {
  const started = now();
  try {
    const value = await read();
    return { value, queries: { count: 1, ms: now() - started }, partial: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const partial = [sourceAway("metrics", error, null)];
    return { value: otherwise, queries: { count: 1, ms: now() - started }, partial };
  }
}

async function readControl(client: ControllerClient | null, now: () => number): Promise<ControlFrame> {
  if (!client) return { status: null, changes: NO_CONTROLLER };
  try {
    const [status, changes] = await Promise.all([client.status(), client.changes(now() - HOUR_MS, MOST_CHANGES)]);
    return { status, changes };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { status: null, changes: sourceAway("controller", error, null) };
  }
}
