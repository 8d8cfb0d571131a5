/** The calls of one `/api/calls/stream`, newest first and bounded. Knows neither React nor the page. */
import { checked } from "#contract";
import type { CallEvents, ToldCall } from "@/lib/contract/calls";
import type { Partial } from "@/lib/contract/topology";

export interface CallsState {
  /** Newest first. */
  readonly calls: readonly ToldCall[];
  /** null before the first word. */
  readonly sampleOneIn: number | null;
  readonly partial: readonly Partial[];
  /** Calls that were too many to be brought since the page was opened. */
  readonly missed: number;
  readonly state: "connecting" | "live" | "reconnecting";
}

const MOST = 1_500;
const BEGIN: CallsState = { calls: [], sampleOneIn: null, partial: [], missed: 0, state: "connecting" };
const NAMES: readonly (keyof CallEvents)[] = ["snapshot", "calls", "partial", "heartbeat"];

export class CallStore {
  #state = BEGIN;
  #source: EventSource | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #open: () => EventSource;

  constructor(open: () => EventSource) {
    this.#open = open;
  }

  state = (): CallsState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the stream; the browser opens it again when it breaks. Returns how to end it. */
  start(): () => void {
    const source = this.#open();
    this.#source = source;
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        if (source === this.#source) this.#heard(name, String((event as MessageEvent<unknown>).data));
      });
    }
    source.onerror = () => {
      if (source === this.#source) this.#set({ state: "reconnecting" });
    };
    return () => {
      source.close();
      if (source === this.#source) this.#source = null;
    };
  }

  #heard(name: keyof CallEvents, text: string): void {
    const data: unknown = checked(`calls ${name}`, JSON.parse(text));
    this.#set({ ...changeOf(this.#state, name, data), state: "live" });
  }

  #set(change: globalThis.Partial<CallsState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function changeOf(state: CallsState, name: keyof CallEvents, data: unknown): globalThis.Partial<CallsState> {
  switch (name) {
    case "snapshot": {
      const { items, sampleOneIn, partial } = data as CallEvents["snapshot"];
      return { calls: items, sampleOneIn, partial };
    }
    case "calls": {
      const { items, missed } = data as CallEvents["calls"];
      return { calls: [...items, ...state.calls].slice(0, MOST), missed: state.missed + missed, partial: [] };
    }
    case "partial":
      return { partial: (data as CallEvents["partial"]).partial };
    case "heartbeat":
      return {};
  }
}
