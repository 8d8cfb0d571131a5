/** The calls the controller tells of, read once for everybody who looks: one waiting request, and only while someone does. */
import { isNotable } from "@/lib/calls/filter";
import type { Call, Calls } from "@/lib/contract/calls";
import { AppError } from "@/lib/contract/errors";
import type { Partial } from "@/lib/contract/topology";
import { createLogger } from "@/server/platform/log";
import type { ControllerClient } from "./controller-client";
import { NO_CONTROLLER } from "./controller-facts";
import { sourceAway } from "./source-away";

export interface FeedState {
  /** Newest first. */
  readonly items: readonly Call[];
  readonly sampleOneIn: number;
  readonly partial: readonly Partial[];
}

export type FeedEvent =
  /** Takes the place of all before. */
  | { readonly kind: "snapshot"; readonly state: FeedState }
  | { readonly kind: "calls"; readonly items: readonly Call[]; readonly missed: number }
  | { readonly kind: "partial"; readonly partial: readonly Partial[] };

export interface FeedOptions {
  /** null: no controller is configured. */
  readonly client: Pick<ControllerClient, "calls"> | null;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

const log = createLogger("dashboard");

const NOTABLE = 1_000;
const SAMPLES = 500;
const MOST_AT_ONCE = NOTABLE + SAMPLES;
const WAIT_SECONDS = 20;
/** Goes on so long for nobody: a page that is reloaded, or a list that is asked for again, finds it running. */
const LINGER_MS = 10_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;
const EMPTY: FeedState = { items: [], sampleOneIn: 1, partial: [] };

export class CallFeed {
  readonly #options: FeedOptions;
  readonly #listeners = new Set<(event: FeedEvent) => void>();
  #state: FeedState = EMPTY;
  #cursor: string | null = null;
  #goodAt: number | null = null;
  #wantedUntil = 0;
  #running: Promise<void> | null = null;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** What is remembered now. Never rejects: a controller that is away is a partial answer. */
  async latest(): Promise<FeedState> {
    await this.#run();
    return this.#state;
  }

  /** Calls `listener` with a snapshot, then with what comes. Returns how to stop. */
  subscribe(listener: (event: FeedEvent) => void): () => void {
    this.#listeners.add(listener);
    void this.#run().then(() => {
      if (this.#listeners.has(listener)) listener({ kind: "snapshot", state: this.#state });
    });
    return () => {
      this.#listeners.delete(listener);
      this.#wantedUntil = this.#options.now() + LINGER_MS;
    };
  }

  /** Resolves when the first answer, or the first failure, is in. */
  #run(): Promise<void> {
    this.#wantedUntil = this.#options.now() + LINGER_MS;
    if (this.#running) return this.#running;
    const { client } = this.#options;
    if (!client) {
      this.#state = { ...EMPTY, partial: [NO_CONTROLLER] };
      return Promise.resolve();
    }
    let begun = () => {};
    const first = new Promise<void>((resolve) => {
      begun = resolve;
    });
    this.#running = first;
    void this.#loop(client, begun).then(() => {
      this.#running = null;
      // Calls are about now: who comes back later begins anew.
      this.#cursor = null;
    });
    return first;
  }

  async #loop(client: Pick<ControllerClient, "calls">, begun: () => void): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (this.#listeners.size > 0 || this.#options.now() < this.#wantedUntil) {
      try {
        const wait = this.#listeners.size > 0 ? WAIT_SECONDS : 1;
        const after = this.#cursor === null ? {} : { after: this.#cursor, wait };
        this.#take(await client.calls({ limit: MOST_AT_ONCE, ...after }));
        retryMs = FIRST_RETRY_MS;
        begun();
      } catch (error) {
        this.#failed(error);
        begun();
        await this.#options.sleep(retryMs);
        retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
      }
    }
  }

  #take({ items, cursor, missed, sampleOneIn }: Calls): void {
    const again = this.#state.partial.length > 0;
    const same = this.#cursor !== null && runOf(this.#cursor) === runOf(cursor);
    this.#cursor = cursor;
    this.#goodAt = this.#options.now();
    const kept = same ? bounded([...items, ...this.#state.items]) : items;
    this.#state = { items: kept, sampleOneIn, partial: [] };
    if (!same || again) this.#tell({ kind: "snapshot", state: this.#state });
    else if (items.length > 0 || missed > 0) this.#tell({ kind: "calls", items, missed });
  }

  #failed(error: unknown): void {
    const known = error instanceof AppError ? error : new AppError("internal", "Its calls could not be read.");
    if (known !== error) log.error({ event: "calls.failed", err: error }, "unexpected error");
    const partial: readonly Partial[] = [sourceAway("controller", known, this.#goodAt)];
    this.#state = { ...this.#state, partial };
    this.#tell({ kind: "partial", partial });
  }

  #tell(event: FeedEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function runOf(cursor: string): string {
  return cursor.split(".")[0] ?? "";
}

/** Newest first; samples of what passed must not push out what was refused or failed. */
function bounded(calls: readonly Call[]): readonly Call[] {
  let notable = 0;
  let samples = 0;
  return calls.filter((call) => (isNotable(call) ? ++notable <= NOTABLE : ++samples <= SAMPLES));
}
