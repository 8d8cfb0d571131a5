import { callTest, isNotable } from "@/lib/calls/filter";
import { CallTally } from "@/lib/calls/tally";
import type { Call, CallAggregates, CallFilter, Calls } from "@/lib/contract/calls";
import type { MeshModel } from "@/lib/mesh/model";
import type { CallRecord } from "@/server/xds/types";
import { type DeniedLabels, deniedLabels } from "./denied-labels";
import { Ring } from "./ring";

export interface CallBookOptions {
  readonly model: () => MeshModel | null;
  readonly onDenied: (labels: DeniedLabels) => void;
  /** How many passing calls stand behind one that is told. */
  readonly sampleOneIn: number;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Names this process in cursors: lower case letters and digits. */
  readonly run: string;
}

export interface CallsAsked {
  readonly limit: number;
  readonly filter: CallFilter;
  /** `RUN.NUMBER`; only calls told after it. null: the latest there are. */
  readonly after: string | null;
}

const NOTABLE = 1_000;
const SAMPLES = 500;

/** What sidecars told of calls: refused ones counted, all of them tallied, the latest kept. */
export class CallBook {
  // Refused and failed calls have a place of their own, so that samples of the rest do not push them out.
  readonly #notable = new Ring<Numbered>(NOTABLE);
  readonly #samples = new Ring<Numbered>(SAMPLES);
  readonly #options: CallBookOptions;
  readonly #tally: CallTally;
  readonly #waiting = new Set<() => void>();
  #number = 0;
  #connections = 0;

  constructor(options: CallBookOptions) {
    this.#options = options;
    this.#tally = new CallTally(options.now(), options.sampleOneIn);
  }

  add(records: readonly CallRecord[]): void {
    const model = this.#options.model();
    const now = this.#options.now();
    for (const record of records) {
      const labels = model ? deniedLabels(record, model) : null;
      if (labels) this.#options.onDenied(labels);
      if (model && isEcho(record, model)) continue;
      this.#tally.add(record, now);
      if (this.#isKept(record)) this.#keep(record);
    }
    for (const wake of [...this.#waiting]) wake();
  }

  /** Sidecars tell of every connection: of those that went well as small a part is kept as of other calls. */
  #isKept(record: CallRecord): boolean {
    if (record.protocol === "http" || isNotable(record)) return true;
    this.#connections += 1;
    return this.#connections % this.#options.sampleOneIn === 1;
  }

  #keep(record: CallRecord): void {
    this.#number += 1;
    const call: Call = { ...record, flags: [...record.flags], id: `${this.#options.run}.${this.#number}` };
    (isNotable(call) ? this.#notable : this.#samples).add({ number: this.#number, call });
  }

  /** Newest first. */
  read({ limit, filter, after }: CallsAsked): Calls {
    const from = after === null ? null : this.#numberOf(after);
    const later = [...this.#notable.all(), ...this.#samples.all()].filter(({ number }) => number > (from ?? 0));
    later.sort((a, b) => b.number - a.number);
    const fits = callTest(filter);
    const found = later.filter(({ call }) => fits(call));
    return {
      items: found.slice(0, limit).map(({ call }) => call),
      cursor: `${this.#options.run}.${this.#number}`,
      missed: from === null ? 0 : this.#number - from - later.length + Math.max(0, found.length - limit),
      sampleOneIn: this.#options.sampleOneIn,
    };
  }

  /** Resolves when there are calls after the cursor, after `seconds`, or when `signal` aborts. */
  async wait(after: string, seconds: number, signal: AbortSignal): Promise<void> {
    const from = this.#numberOf(after);
    if (from === null || from < this.#number || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, seconds * 1000);
      this.#waiting.add(done);
      signal.addEventListener("abort", done, { once: true });
    });
  }

  aggregates(windowSeconds: number): CallAggregates {
    return {
      ...this.#tally.aggregates(this.#options.now(), windowSeconds),
      sampleOneIn: this.#options.sampleOneIn,
    };
  }

  /** null: a cursor of another process, which knew other calls. */
  #numberOf(cursor: string): number | null {
    const [run, number] = cursor.split(".");
    const known = Number(number);
    return run === this.#options.run && known <= this.#number ? known : null;
  }
}

/**
 * The caller's sidecar tells again what the called one tells itself: the answer came from there. A call of which the called
 * side knows nothing (refused at home, no endpoint, no connection) is no echo.
 */
function isEcho(call: CallRecord, model: MeshModel): boolean {
  if (call.side !== "client" || call.destinationService === null) return false;
  const meshed = (model.services[call.destinationService]?.identities.length ?? 0) > 0;
  if (!meshed) return false;
  // The tunnel of a TCP connection is told by the called side as that connection.
  if (call.protocol === "http" && call.method !== "CONNECT") return call.details === "via_upstream";
  return call.method === "CONNECT" ? call.status === 200 : call.flags.every((flag) => flag === "DC");
}

interface Numbered {
  readonly number: number;
  readonly call: Call;
}
