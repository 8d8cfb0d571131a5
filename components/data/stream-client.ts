/** One EventSource with reconnect and backoff, as a store. Knows neither React nor the query cache. */
import type { StreamEventName } from "@/lib/contract/stream";

/**
 * idle: nothing is asked for. live: the last word is fresh. stale: connected, but silent for too long.
 * paused: by the reader, or because the page is hidden.
 */
export type StreamState = "idle" | "connecting" | "live" | "reconnecting" | "stale" | "paused";

export interface StreamStatus {
  readonly state: StreamState;
  /** Unix milliseconds of the last event; null before the first. */
  readonly lastEventAt: number | null;
  /** Whether the reader paused it (a hidden page pauses too, and goes on by itself). */
  readonly held: boolean;
}

export interface StreamHooks {
  readonly onEvent: (name: StreamEventName, data: unknown) => void;
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly open: (url: string) => EventSource;
  /** The stream broke, or could not be opened. */
  readonly onLost: () => void;
}

const EVENTS: readonly StreamEventName[] = [
  "topology",
  "overview",
  "splits",
  "access",
  "security",
  "health",
  "problems",
  "changed",
  "heartbeat",
  "failed",
];
/** The server says something every 5 s at the latest. */
const SILENT_MS = 12_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;
/** Longer events are read in a task of their own: taking the bytes in has held the page up long enough. Characters. */
const LONG_TEXT = 256 * 1024;

export class StreamClient {
  #status: StreamStatus = { state: "idle", lastEventAt: null, held: false };
  #url: string | null = null;
  #source: EventSource | null = null;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #silence: ReturnType<typeof setTimeout> | null = null;
  #hidden = false;
  readonly #listeners = new Set<() => void>();
  readonly #hooks: StreamHooks;

  constructor(hooks: StreamHooks) {
    this.#hooks = hooks;
  }

  get status(): StreamStatus {
    return this.#status;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Where to listen; null for nowhere. The same address again does nothing. */
  setUrl(url: string | null): void {
    if (url === this.#url) return;
    this.#url = url;
    this.#failures = 0;
    this.#restart();
  }

  /** The reader's pause. */
  hold(held: boolean): void {
    if (held === this.#status.held) return;
    this.#set({ held });
    this.#restart();
  }

  hide(hidden: boolean): void {
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    this.#failures = 0;
    this.#restart();
  }

  close(): void {
    this.#url = null;
    this.#stop();
    this.#set({ state: "idle" });
  }

  #restart(): void {
    this.#stop();
    if (this.#url === null) this.#set({ state: "idle" });
    else if (this.#status.held || this.#hidden) this.#set({ state: "paused" });
    else this.#connect(this.#url);
  }

  #connect(url: string): void {
    this.#set({ state: this.#failures > 0 ? "reconnecting" : "connecting" });
    const source = this.#hooks.open(url);
    this.#source = source;
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        const text = String((event as MessageEvent<unknown>).data);
        const hear = () => {
          if (source === this.#source) this.#heard(name, text);
        };
        if (text.length < LONG_TEXT) hear();
        else setTimeout(hear);
      });
    }
    source.onerror = () => {
      if (source === this.#source) this.#lost();
    };
    this.#watchSilence();
  }

  #heard(name: StreamEventName, text: string): void {
    this.#failures = 0;
    this.#set({ state: "live", lastEventAt: this.#hooks.now() });
    this.#watchSilence();
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch {
      return; // A torn event: the next frame says it again.
    }
    this.#hooks.onEvent(name, data);
  }

  /** The browser's own retry has no backoff and gives up on some answers, so we do it. */
  #lost(): void {
    this.#stop();
    this.#failures += 1;
    this.#hooks.onLost();
    this.#set({ state: "reconnecting" });
    const most = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#failures - 1));
    this.#retry = setTimeout(() => this.#restart(), most * (0.5 + this.#hooks.random() / 2));
  }

  #watchSilence(): void {
    if (this.#silence) clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#lost();
      this.#set({ state: "stale" });
    }, SILENT_MS);
  }

  #stop(): void {
    if (this.#retry) clearTimeout(this.#retry);
    if (this.#silence) clearTimeout(this.#silence);
    this.#retry = null;
    this.#silence = null;
    this.#source?.close();
    this.#source = null;
  }

  #set(change: globalThis.Partial<StreamStatus>): void {
    const next = { ...this.#status, ...change };
    const same =
      next.state === this.#status.state &&
      next.held === this.#status.held &&
      next.lastEventAt === this.#status.lastEventAt;
    if (same) return;
    this.#status = next;
    for (const listener of this.#listeners) listener();
  }
}
