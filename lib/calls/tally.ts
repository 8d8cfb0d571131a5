/** Calls counted by edge, method, shape of the path, status and policy over the last minutes, in bounded memory. */
import type { Call, CallAggregate } from "@/lib/contract/calls";
import { isNotable } from "./filter";
import { pathTemplate } from "./template";

export type TalliedCall = { readonly flags: readonly string[] } & Pick<
  Call,
  | "at"
  | "sourceWorkload"
  | "sourceIdentity"
  | "destinationService"
  | "protocol"
  | "method"
  | "path"
  | "status"
  | "policy"
  | "denied"
  | "durationMs"
>;

export interface TallyLimits {
  /** How finely time is cut. */
  readonly sliceSeconds: number;
  readonly slices: number;
  /** Shapes of paths of one destination; further ones count as `…`. */
  readonly templates: number;
  /** Rows of one slice; further calls are counted without method, path and policy. */
  readonly rows: number;
}

export const TALLY_LIMITS: TallyLimits = { sliceSeconds: 15, slices: 40, templates: 100, rows: 2_000 };

interface Row
  extends Pick<
    CallAggregate,
    "source" | "destination" | "protocol" | "method" | "template" | "status" | "policy" | "denied"
  > {
  told: number;
  sampled: boolean;
  timed: number;
  sumMs: number;
  maxMs: number;
  lastAt: number;
}

interface Slice {
  /** Unix milliseconds of its beginning. */
  readonly from: number;
  readonly rows: Map<string, Row>;
}

const OTHER = "…";

export class CallTally {
  readonly #limits: TallyLimits;
  readonly #startedAt: number;
  readonly #sampleOneIn: number;
  #slices: Slice[] = [];
  /** Shapes by destination, so that a caller who makes paths up cannot fill the memory. */
  readonly #templates = new Map<string, Set<string>>();

  /** `startedAt`: unix milliseconds, from when on calls are told. */
  constructor(startedAt: number, sampleOneIn: number, limits: TallyLimits = TALLY_LIMITS) {
    this.#startedAt = startedAt;
    this.#sampleOneIn = sampleOneIn;
    this.#limits = limits;
  }

  /** `now`: unix milliseconds. A call counts for when it is told: sidecars' clocks may differ. */
  add(call: TalliedCall, now: number): void {
    const { rows } = this.#slice(now);
    const shape = this.#shapeOf(call, rows.size >= this.#limits.rows);
    const key = JSON.stringify(Object.values(shape));
    const row = rows.get(key) ?? {
      ...shape,
      // Of connections every one is told.
      sampled: call.protocol === "http" && !isNotable(call),
      told: 0,
      timed: 0,
      sumMs: 0,
      maxMs: 0,
      lastAt: 0,
    };
    rows.set(key, row);
    count(row, call);
  }

  /** The calls of the last `windowSeconds`, the most frequent first. */
  aggregates(now: number, windowSeconds: number): { items: CallAggregate[]; windowSeconds: number } {
    const asked = Math.min(windowSeconds, this.#limits.sliceSeconds * this.#limits.slices);
    const since = now - asked * 1000;
    const merged = new Map<string, Row>();
    for (const { from, rows } of this.#slices) {
      if (from + this.#limits.sliceSeconds * 1000 <= since) continue;
      for (const [key, row] of rows) merge(merged, key, row);
    }
    const items = [...merged.values()].map((row) => this.#aggregateOf(row)).sort(byCount);
    return { items, windowSeconds: Math.max(1, Math.min(asked, (now - this.#startedAt) / 1000)) };
  }

  #slice(now: number): Slice {
    const length = this.#limits.sliceSeconds * 1000;
    const from = Math.floor(now / length) * length;
    const last = this.#slices.at(-1);
    if (last && last.from >= from) return last;
    const slice = { from, rows: new Map<string, Row>() };
    this.#slices = [...this.#slices, slice].slice(-this.#limits.slices);
    return slice;
  }

  #shapeOf(call: TalliedCall, full: boolean): Omit<Row, "told" | "sampled" | "timed" | "sumMs" | "maxMs" | "lastAt"> {
    const { protocol, status, denied, destinationService: destination } = call;
    const edge = { source: call.sourceWorkload ?? call.sourceIdentity, destination, protocol };
    if (full) return { ...edge, method: null, template: OTHER, status, policy: null, denied };
    const template = call.path === null ? null : this.#template(destination ?? "", call.path);
    return { ...edge, method: call.method, template, status, policy: call.policy, denied };
  }

  #template(destination: string, path: string): string {
    const known = this.#templates.get(destination) ?? new Set();
    // Destinations come from the model; the cap is for one that changes without end.
    if (!this.#templates.has(destination) && this.#templates.size < this.#limits.rows) {
      this.#templates.set(destination, known);
    }
    const template = pathTemplate(path);
    if (known.has(template)) return template;
    if (known.size >= this.#limits.templates) return OTHER;
    known.add(template);
    return template;
  }

  #aggregateOf({ sampled, timed, sumMs, maxMs, ...row }: Row): CallAggregate {
    return {
      ...row,
      estimated: sampled ? row.told * this.#sampleOneIn : row.told,
      meanMs: timed === 0 ? null : sumMs / timed,
      maxMs: timed === 0 ? null : maxMs,
    };
  }
}

function count(row: Row, { durationMs, at }: TalliedCall): void {
  row.told += 1;
  row.lastAt = Math.max(row.lastAt, at);
  if (durationMs === null) return;
  row.timed += 1;
  row.sumMs += durationMs;
  row.maxMs = Math.max(row.maxMs, durationMs);
}

function merge(into: Map<string, Row>, key: string, row: Row): void {
  const known = into.get(key);
  if (!known) {
    into.set(key, { ...row });
    return;
  }
  known.told += row.told;
  known.timed += row.timed;
  known.sumMs += row.sumMs;
  known.maxMs = Math.max(known.maxMs, row.maxMs);
  known.lastAt = Math.max(known.lastAt, row.lastAt);
}

function byCount(a: CallAggregate, b: CallAggregate): number {
  return b.estimated - a.estimated || b.lastAt - a.lastAt;
}
