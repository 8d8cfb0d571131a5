import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import { type Backoff, createBackoff, pause } from "./backoff";
import type { KubeClient } from "./client";
import { isExpired, isNotFound } from "./errors";
import { deepFreeze } from "./freeze";
import type { Resource } from "./resource";
import type { WatchEvent } from "./watch";

export interface ObjectChange {
  /** null: it was not there. */
  readonly before: KubeObject | null;
  /** null: it is gone. */
  readonly after: KubeObject | null;
  /** Found by a list after a gap: it happened some time since the watch before ended. */
  readonly missed: boolean;
}

export interface ReflectorOptions {
  readonly client: Pick<KubeClient, "list" | "watch">;
  /** A kind whose served version has to be found out first is a function; it is asked again before each list. */
  readonly resource: Resource | ((signal: AbortSignal) => Promise<Resource>);
  /** For logs and state: `trafficsplits.split.smi-spec.io`. */
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Some object was added, changed or removed. Called once per list and once per event. */
  readonly onChange: () => void;
  /** Called for each object that differs from what was known, once the first list is in; before `onChange`. */
  readonly onObject?: ((change: ObjectChange) => void) | undefined;
  /** Called before an object is kept; what it returns is kept in its place. */
  readonly keep?: (object: KubeObject) => KubeObject;
  /** Called when a list or watch failed, before it is tried again. */
  readonly onError?: (error: unknown) => void;
  /** After an error, besides the backoff: what it returns is awaited. It settles when stop() is called, too. */
  readonly beforeRetry?: () => Promise<void> | undefined;
  /** Called each time the API accepts the watch. */
  readonly onConnected?: () => void;
  readonly log?: { warn(fields: object, message: string): void };
  readonly backoff?: Backoff;
  readonly watchSeconds?: number;
  readonly idleSeconds?: number;
}

export interface ReflectorState {
  /** `trafficsplits.split.smi-spec.io` */
  readonly resource: string;
  /** The first list is in. It stays true: what was known is kept while the API is away. */
  readonly synced: boolean;
  readonly connected: boolean;
  /** What went wrong last, until something works again. */
  readonly error: string | null;
  /** Unix milliseconds of the last word from the API; null before the first. */
  readonly lastGoodAt: number | null;
  /** Where the whole cluster may not be seen: the namespaces that are. */
  readonly seen?: readonly string[];
}

const WATCH_SECONDS = 290;
/** A server that hangs up gracefully right away must not be asked in a tight loop. */
const RECONNECT_MS = 50;

/**
 * A copy of one resource, kept current by list and watch. It never gives up: after an error it waits (jittered, at most
 * 5 s) and takes up where it was, or lists again when it cannot know what it missed.
 */
export class Reflector {
  readonly #options: ReflectorOptions;
  readonly #backoff: Backoff;
  readonly #stop = new AbortController();
  readonly #objects = new Map<string, KubeObject>();
  readonly #synced: Promise<void>;
  #resolveSynced: () => void = () => undefined;
  #list: readonly KubeObject[] | null = null;
  #version: string | null = null;
  #resource: Resource | null = null;
  #state: Omit<ReflectorState, "resource"> = { synced: false, connected: false, error: null, lastGoodAt: null };

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#backoff = options.backoff ?? createBackoff({ firstMs: 300, maxMs: 5000 });
    this.#synced = new Promise((resolve) => {
      this.#resolveSynced = resolve;
    });
  }

  /** Begins. The returned promise settles after stop(). */
  async start(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        if (this.#version === null) await this.#relist();
        await this.#watch();
        await pause(RECONNECT_MS, this.#stop.signal);
      } catch (error) {
        await this.#recover(error);
      }
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Frozen. The same array as long as nothing changed. */
  objects(): readonly KubeObject[] {
    this.#list ??= Object.freeze([...this.#objects.values()]);
    return this.#list;
  }

  state(): ReflectorState {
    return { resource: this.#options.name, ...this.#state };
  }

  whenSynced(): Promise<void> {
    return this.#synced;
  }

  async #relist(): Promise<void> {
    const { client, namespace, labelSelector, fieldSelector } = this.#options;
    const wanted = this.#options.resource;
    const resource = typeof wanted === "function" ? await wanted(this.#stop.signal) : wanted;
    const { items, resourceVersion } = await client.list(resource, {
      namespace,
      labelSelector,
      fieldSelector,
      signal: this.#stop.signal,
    });
    const seen = new Set<string>();
    let changed = false;
    for (const item of items) {
      const id = identify(item);
      seen.add(id);
      if (this.#put(id, item, true)) changed = true;
    }
    for (const id of this.#objects.keys()) {
      if (!seen.has(id)) changed = this.#drop(id, true) || changed;
    }
    this.#version = resourceVersion;
    this.#resource = resource;
    const first = !this.#state.synced;
    this.#heard({ synced: true });
    if (changed || first) this.#changed();
    this.#resolveSynced();
  }

  async #watch(): Promise<void> {
    const { client, namespace, labelSelector, fieldSelector, idleSeconds } = this.#options;
    if (!this.#resource) return;
    try {
      await client.watch(this.#resource, {
        namespace,
        labelSelector,
        fieldSelector,
        resourceVersion: this.#version ?? "",
        timeoutSeconds: this.#options.watchSeconds ?? WATCH_SECONDS,
        ...(idleSeconds === undefined ? {} : { idleSeconds }),
        signal: this.#stop.signal,
        onOpen: () => {
          this.#heard({ connected: true });
          this.#options.onConnected?.();
        },
        onEvent: (event) => this.#take(event),
      });
    } finally {
      this.#state = { ...this.#state, connected: false };
    }
  }

  #take(event: WatchEvent): void {
    this.#version = event.object.metadata.resourceVersion ?? this.#version;
    this.#heard({ connected: true });
    if (event.type === "BOOKMARK") return;
    const id = identify(event.object);
    const changed = event.type === "DELETED" ? this.#drop(id, false) : this.#put(id, event.object, false);
    if (changed) this.#changed();
  }

  #put(id: string, object: KubeObject, missed: boolean): boolean {
    const known = this.#objects.get(id);
    const { resourceVersion, uid } = object.metadata;
    // The same version is the same object: keep the reference, so that whoever compares by it sees no change.
    if (known && resourceVersion && known.metadata.resourceVersion === resourceVersion && known.metadata.uid === uid)
      return false;
    const after = deepFreeze(this.#options.keep ? this.#options.keep(object) : object);
    this.#objects.set(id, after);
    this.#tell({ before: known ?? null, after, missed });
    return true;
  }

  #drop(id: string, missed: boolean): boolean {
    const before = this.#objects.get(id);
    if (!before) return false;
    this.#objects.delete(id);
    this.#tell({ before, after: null, missed });
    return true;
  }

  /** The first list is what there is, not what changed. */
  #tell(change: ObjectChange): void {
    if (this.#state.synced) this.#options.onObject?.(change);
  }

  #changed(): void {
    this.#list = null;
    this.#options.onChange();
  }

  #heard(news: Partial<ReflectorState>): void {
    this.#backoff.reset();
    this.#state = { ...this.#state, ...news, error: null, lastGoodAt: Date.now() };
  }

  /** The kind is not served: nobody need wait for it. What was known of it is kept, for the API may only be starting. */
  #absent(): void {
    const first = !this.#state.synced;
    this.#state = { ...this.#state, synced: true, lastGoodAt: Date.now() };
    if (!first) return;
    this.#changed();
    this.#resolveSynced();
  }

  async #recover(error: unknown): Promise<void> {
    if (this.#stop.signal.aborted) return;
    // After a broken line an event may be lost; after 410 it is. Everything else can take up at the last version.
    const lost =
      isExpired(error) || isNotFound(error) || (error instanceof AppError && error.code === "upstream_malformed");
    if (lost) this.#version = null;
    const message = error instanceof Error ? error.message : String(error);
    this.#state = { ...this.#state, error: isExpired(error) ? this.#state.error : message };
    if (isNotFound(error)) this.#absent();
    this.#options.onError?.(error);
    const waitMs = this.#backoff.next();
    const fields = { event: "kube.watch", resource: this.#options.name, error: message, waitMs };
    this.#options.log?.warn(fields, lost ? "listing again" : "watching again");
    await pause(waitMs, this.#stop.signal);
    await this.#options.beforeRetry?.();
  }
}

function identify(object: KubeObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}
