import { pathTemplate } from "@/lib/calls/template";
import type { CallKind, CallKinds } from "@/lib/contract/call-kinds";
import type { Call } from "@/lib/contract/calls";

const BUCKET_MS = 5 * 60_000;
const BUCKETS = 12;
/** Callers choose paths: beyond this many kinds new ones are only counted as dropped. */
const MOST_KINDS = 4_000;

type ToldCall = Pick<
  Call,
  | "at"
  | "side"
  | "sourceIdentity"
  | "destinationIdentity"
  | "destinationService"
  | "protocol"
  | "method"
  | "path"
  | "status"
  | "policy"
  | "denied"
>;

interface Held {
  readonly kind: Omit<CallKind, "count" | "path" | "lastAt">;
  readonly buckets: Uint32Array;
  path: string | null;
  lastAt: number;
}

/** Calls that sidecars told of, added up by kind over the last hour. Its size is bounded, whatever is called. */
export class CallKindBook {
  readonly #held = new Map<string, Held>();
  readonly #dropped = new Uint32Array(BUCKETS);
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #sampleShare: number;
  #turn: number;

  /** `now`: unix milliseconds. `sampleShare`: of passed calls, 0 to 1. */
  constructor({ now, sampleShare }: { readonly now: () => number; readonly sampleShare: number }) {
    this.#now = now;
    this.#sampleShare = sampleShare;
    this.#startedAt = now();
    this.#turn = turnOf(this.#startedAt);
  }

  add(calls: readonly ToldCall[]): void {
    this.#advance();
    for (const call of calls) {
      // What passed the caller's sidecar the called one tells too, with the policy that let it in.
      if (call.side === "client" && !call.denied) continue;
      this.#count(call);
    }
  }

  /** Those that were told last come first; with `outcome` only those that ended so. */
  show(outcome?: CallKind["outcome"]): CallKinds {
    this.#advance();
    const items = [...this.#held.values()]
      .filter(({ kind }) => outcome === undefined || kind.outcome === outcome)
      .map(({ kind, path, lastAt, buckets }) => ({ ...kind, path, lastAt, count: total(buckets) }))
      .sort((a, b) => b.lastAt - a.lastAt);
    const oldest = (this.#turn - BUCKETS + 1) * BUCKET_MS;
    return {
      since: Math.max(this.#startedAt, oldest),
      sampleShare: this.#sampleShare,
      dropped: total(this.#dropped),
      items,
    };
  }

  #count(call: ToldCall): void {
    const { sourceIdentity, destinationIdentity, destinationService, side, protocol, method, policy } = call;
    const path = call.path?.replace(/[?#].*$/s, "") ?? null;
    const template = path === null ? null : pathTemplate(path);
    const outcome = call.denied ? "denied" : (call.status ?? 0) >= 400 ? "failed" : "passed";
    const key = JSON.stringify([
      ...[sourceIdentity, destinationIdentity, destinationService, side, protocol],
      ...[method, template, outcome, policy],
    ]);
    const place = this.#turn % BUCKETS;
    let held = this.#held.get(key);
    if (held === undefined) {
      if (this.#held.size >= MOST_KINDS) {
        this.#dropped[place] = (this.#dropped[place] ?? 0) + 1;
        return;
      }
      const parties = { sourceIdentity, destinationIdentity, destinationService, side, protocol };
      const kind = { ...parties, method, pathTemplate: template, outcome, policy, firstAt: call.at } as const;
      held = { kind, buckets: new Uint32Array(BUCKETS), path, lastAt: call.at };
      this.#held.set(key, held);
    }
    held.buckets[place] = (held.buckets[place] ?? 0) + 1;
    held.path = path;
    held.lastAt = Math.max(held.lastAt, call.at);
  }

  /** Empties the buckets whose time has come round again, and forgets kinds of which nothing is left. */
  #advance(): void {
    const turn = turnOf(this.#now());
    if (turn <= this.#turn) return;
    for (let step = Math.max(this.#turn + 1, turn - BUCKETS + 1); step <= turn; step += 1) {
      this.#dropped[step % BUCKETS] = 0;
      for (const { buckets } of this.#held.values()) buckets[step % BUCKETS] = 0;
    }
    this.#turn = turn;
    for (const [key, { buckets }] of this.#held) if (total(buckets) === 0) this.#held.delete(key);
  }
}

function turnOf(at: number): number {
  return Math.floor(at / BUCKET_MS);
}

function total(buckets: Uint32Array): number {
  let sum = 0;
  for (const count of buckets) sum += count;
  return sum;
}
