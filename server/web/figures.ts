/**
 * The figures of now, for everybody who looks at one window. A store that is slow, away or too dear delays nobody: what
 * was read last stands until the next answer is in.
 */
import { AppError } from "@/lib/contract/errors";
import type { Partial as Trouble } from "@/lib/contract/topology";
import type { MeshObjects } from "@/lib/mesh/input";
import type { MeshSamples } from "@/lib/metrics/mesh-queries";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import type { QueryBudget } from "./query-budget";
import { reasonOf } from "./source-away";
import { within } from "./within";

/** One round of answers. */
export interface Figures {
  readonly samples: MeshSamples;
  /** Unix milliseconds they are for, and those of the percentiles: of a large mesh they are read less often. */
  readonly at: number;
  readonly latencyAt: number;
  readonly policy: Telemetry["policy"];
  readonly queries: { readonly count: number; readonly ms: number };
}

export interface FigureSources {
  /** Asks the store. `before`: what it answered last. Throws AppError when it does not answer. */
  readonly ask: (about: { windowSeconds: number; objects: MeshObjects; before: Figures | null }) => Promise<Figures>;
  /** null: questions may cost what they do. */
  readonly budget: Pick<QueryBudget, "waitMs" | "words"> | null;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** How long a frame waits for an answer. */
  readonly patienceMs?: number;
}

export interface FigureReading {
  /** null: none yet, or too old to say anything about now. */
  readonly figures: Figures | null;
  readonly partial: Trouble | null;
}

interface Slot {
  last: Figures | null;
  /** Nobody has been given `last` yet: its frame did not wait for it. */
  fresh: boolean;
  /** How the last question failed. */
  error: AppError | null;
  flight: { readonly since: number; readonly done: Promise<unknown> } | null;
}

const PATIENCE_MS = 1_500;
/** Figures younger than this are taken again when only objects changed. */
const REUSE_MS = 1_500;
/** Figures older than this say nothing about now and are dropped. */
const KEEP_MS = 10 * 60_000;
/** What a round of questions takes of a budget of queries. */
const ROUND = 4;

export class FigureReader {
  readonly #sources: FigureSources;
  /** By window in seconds. */
  readonly #slots = new Map<number, Slot>();

  constructor(sources: FigureSources) {
    this.#sources = sources;
  }

  /** Rejects for bugs only. */
  async read(windowSeconds: number, objects: MeshObjects): Promise<FigureReading> {
    const slot = this.#slot(windowSeconds);
    const { now, budget, patienceMs = PATIENCE_MS } = this.#sources;
    if (slot.last !== null && slot.error === null && now() - slot.last.at < REUSE_MS) return this.#give(slot, null);
    const waitMs = slot.last === null ? 0 : (budget?.waitMs(ROUND) ?? 0);
    if (slot.flight === null && waitMs > 0 && budget !== null) {
      return this.#give(slot, overBudget(budget.words, waitMs));
    }
    slot.flight ??= this.#ask(slot, windowSeconds, objects);
    const { since, done } = slot.flight;
    if (slot.fresh) return this.#give(slot, null);
    const left = since + patienceMs - now();
    const inTime = async () =>
      within(
        left,
        done.then(() => true),
        () => false,
      );
    if (left <= 0 || !(await inTime())) return this.#give(slot, slow(now() - since));
    return this.#give(slot, slot.error === null ? null : away(slot.error));
  }

  #slot(windowSeconds: number): Slot {
    const { now } = this.#sources;
    const known = this.#slots.get(windowSeconds);
    if (known) return known;
    for (const [key, { last, flight }] of this.#slots) {
      if (flight === null && now() - (last?.at ?? 0) > KEEP_MS) this.#slots.delete(key);
    }
    const made: Slot = { last: null, fresh: false, error: null, flight: null };
    this.#slots.set(windowSeconds, made);
    return made;
  }

  #ask(slot: Slot, windowSeconds: number, objects: MeshObjects): NonNullable<Slot["flight"]> {
    const { ask, now } = this.#sources;
    const done = ask({ windowSeconds, objects, before: slot.last })
      .then(
        (figures) => {
          slot.last = figures;
          slot.fresh = true;
          slot.error = null;
        },
        (error: unknown) => {
          if (!(error instanceof AppError)) throw error;
          slot.error = error;
        },
      )
      .finally(() => {
        slot.flight = null;
      });
    // Whoever waits hears of a bug; when nobody does any more it must not end the process.
    done.catch(() => undefined);
    return { since: now(), done };
  }

  #give(slot: Slot, trouble: Omit<Trouble, "part" | "lastGoodAt"> | null): FigureReading {
    slot.fresh = false;
    const lastGoodAt = slot.last?.at ?? null;
    const kept = slot.last !== null && this.#sources.now() - slot.last.at < KEEP_MS ? slot.last : null;
    return { figures: kept, partial: trouble && { part: "metrics", ...trouble, lastGoodAt } };
  }
}

type Said = Omit<Trouble, "part" | "lastGoodAt">;

function away(error: AppError): Said {
  return { reason: reasonOf(error), message: error.message, hint: error.hint ?? "" };
}

function slow(ms: number): Said {
  return {
    reason: "slow",
    message: `The metrics store has not answered for ${(ms / 1000).toFixed(1)} s.`,
    hint: "Figures are those of before; the answer is shown when it is in. Look at the store's load.",
  };
}

function overBudget(words: string, waitMs: number): Said {
  return {
    reason: "budget",
    message: `The budget of ${words} a minute is spent for now.`,
    hint: `Figures are read again in ${Math.ceil(waitMs / 1000)} s. MESHDECK_QUERY_BUDGET sets how much they may cost.`,
  };
}
