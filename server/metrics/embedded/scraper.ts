/** Scrapes targets into the embedded store, again and again. */
import type { ScrapeTarget } from "../targets";
import { ExpositionReader } from "./parse";
import type { MetricStore, ScrapeWriter } from "./store";

export interface ScraperOptions {
  /** Asked before every round. */
  readonly targets: () => readonly ScrapeTarget[];
  readonly intervalMs: number;
  readonly store: MetricStore;
  /** Of one scrape; the interval when left out, but at most 10 s. */
  readonly timeoutMs?: number;
  /** Scrapes under way at once. */
  readonly concurrency?: number;
}

export interface TargetState {
  readonly target: ScrapeTarget;
  readonly up: boolean;
  /** Unix milliseconds of the last scrape. */
  readonly at: number;
  readonly ms: number;
  /** null when it went well. */
  readonly error: string | null;
}

export interface Scraper {
  /** One round now; targets whose last scrape is still under way are left alone. */
  scrapeAll(): Promise<void>;
  /** By target id, in no particular order. */
  states(): readonly TargetState[];
  /** Stops and waits for what is under way. */
  close(): Promise<void>;
}

const MOST_BYTES = 32_000_000;

/** Starts with a first round at once. */
export function createScraper(options: ScraperOptions): Scraper {
  const { store, intervalMs, concurrency = 16, timeoutMs = Math.min(intervalMs, 10_000) } = options;
  const states = new Map<string, TargetState>();
  const busy = new Set<string>();
  const closing = new AbortController();
  const rounds = new Set<Promise<void>>();

  const scrapeOne = async (target: ScrapeTarget): Promise<void> => {
    if (closing.signal.aborted || busy.has(target.id)) return;
    busy.add(target.id);
    const at = Date.now();
    const writer = store.scrape(target, at);
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]);
    const error = await scrapeInto(writer, target.url, signal).catch(reason);
    busy.delete(target.id);
    if (closing.signal.aborted) return;
    if (error === null) writer.commit();
    else writer.fail();
    states.set(target.id, { target, up: error === null, at, ms: Date.now() - at, error });
  };

  const round = async (): Promise<void> => {
    const targets = [...options.targets()];
    const ids = new Set(targets.map((target) => target.id));
    store.retain(ids, Date.now());
    for (const id of states.keys()) if (!ids.has(id)) states.delete(id);
    const queue = targets.values();
    const worker = async () => {
      for (const target of queue) await scrapeOne(target);
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, targets.length) }, worker));
  };

  const scrapeAll = (): Promise<void> => {
    const running = round().finally(() => rounds.delete(running));
    rounds.add(running);
    return running;
  };

  const timer = setInterval(() => void scrapeAll(), intervalMs);
  void scrapeAll();
  return {
    scrapeAll,
    states: () => [...states.values()],
    async close() {
      clearInterval(timer);
      closing.abort();
      await Promise.allSettled(rounds);
    },
  };
}

/** fetch hides why in the error's cause. */
function reason(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}

/** null when it went well, else why not. */
async function scrapeInto(writer: ScrapeWriter, url: string, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(url, { signal, headers: { accept: "text/plain;version=0.0.4" } });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    return `status ${response.status}`;
  }
  const reader = new ExpositionReader((series, value) => writer.add(series, value));
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += piece.byteLength;
    if (bytes > MOST_BYTES) return `more than ${MOST_BYTES / 1e6} MB of metrics`;
    reader.push(decoder.decode(piece, { stream: true }));
  }
  reader.push(decoder.decode());
  reader.end();
  return null;
}
