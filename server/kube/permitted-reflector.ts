/**
 * A kind of object as far as the user may see it: of every namespace where that is allowed, else of each namespace where
 * it is. What may not be seen at all is empty and holds nobody up.
 */
import type { KubeObject } from "@/lib/kube/objects";
import { isForbidden } from "./errors";
import { Reflector, type ReflectorOptions, type ReflectorState } from "./reflector";

export interface Permissions {
  /** Whether the kind may be listed and watched in a namespace. */
  readonly mayWatch: (namespace: string) => Promise<boolean>;
  /** Namespaces to look into when the whole cluster may not be seen. Settles when it is known whether they may be listed. */
  readonly namespaces: () => Promise<readonly string[]>;
}

/** How often it is looked whether more may be seen by now. */
const LOOK_MS = 10_000;
/** With more namespaces than this it is looked less often, so that the API server is asked no more than now. */
const NAMESPACES_A_LOOK = 50;
/** An API server that has just started refuses everybody until it knows its roles: a right is gone when it still is after this long. */
const CONFIRM_MS = 5_000;

export class PermittedReflector {
  readonly #options: ReflectorOptions;
  readonly #permissions: Permissions;
  readonly #whole: Reflector;
  readonly #parts = new Map<string, Reflector>();
  readonly #synced: Promise<void>;
  #resolveSynced: () => void = () => undefined;
  #forbidden = false;
  /** Unix milliseconds of the first refusal since the whole cluster could be seen. */
  #refusedAt: number | null = null;
  /** Namespaces the look before said may not be seen any more. */
  #doubted: ReadonlySet<string> = new Set();
  /** The whole cluster is worth another try. */
  #tryAgain: () => void = () => undefined;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  /** Counts the times the whole cluster was refused: a look of an earlier time has no say any more. */
  #refusals = 0;
  #list: { readonly of: readonly (readonly KubeObject[])[]; readonly all: readonly KubeObject[] } | null = null;

  constructor(options: ReflectorOptions, permissions: Permissions) {
    this.#options = options;
    this.#permissions = permissions;
    this.#synced = new Promise((resolve) => {
      this.#resolveSynced = resolve;
    });
    this.#whole = new Reflector({
      ...options,
      onError: (error) => (isForbidden(error) ? this.#refused() : this.#notRefused()),
      beforeRetry: () => (this.#forbidden && !this.#stopped ? this.#worthAnotherTry() : undefined),
      onConnected: () => this.#allowed(),
    });
    void this.#whole.whenSynced().then(() => this.#allowed());
  }

  start(): Promise<void> {
    return this.#whole.start();
  }

  stop(): void {
    this.#stopped = true;
    this.#whole.stop();
    this.#tryAgain();
    for (const part of this.#parts.values()) part.stop();
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** Frozen. The same array as long as nothing changed. */
  objects(): readonly KubeObject[] {
    if (!this.#forbidden) return this.#whole.objects();
    const lists = [...this.#parts.values()].map((part) => part.objects());
    const known = this.#list;
    if (known && known.of.length === lists.length && lists.every((list, index) => list === known.of[index])) {
      return known.all;
    }
    const all = Object.freeze(lists.flat());
    this.#list = { of: lists, all };
    return all;
  }

  state(): ReflectorState {
    const whole = this.#whole.state();
    if (!this.#forbidden) return whole;
    const parts = [...this.#parts.values()].map((part) => part.state());
    return {
      resource: whole.resource,
      synced: parts.every(({ synced }) => synced),
      connected: parts.every(({ connected }) => connected),
      error: parts.find(({ error }) => error !== null)?.error ?? null,
      lastGoodAt: parts.reduce<number | null>((last, { lastGoodAt }) => lastGoodAt ?? last, null),
      seen: [...this.#parts.keys()].sort(),
    };
  }

  whenSynced(): Promise<void> {
    return this.#synced;
  }

  #allowed(): void {
    this.#notRefused();
    this.#resolveSynced();
    if (!this.#forbidden) return;
    this.#forbidden = false;
    if (this.#timer) clearTimeout(this.#timer);
    for (const part of this.#parts.values()) part.stop();
    this.#parts.clear();
    this.#options.onChange();
  }

  #notRefused(): void {
    this.#refusedAt = null;
  }

  /** The whole cluster may not be listed. That is tried again when a look says so; meanwhile each namespace is. */
  #refused(): void {
    if (this.#forbidden || this.#stopped) return;
    this.#refusedAt ??= Date.now();
    if (this.#whole.state().synced && Date.now() - this.#refusedAt < CONFIRM_MS) return;
    this.#forbidden = true;
    this.#refusals += 1;
    void this.#look(this.#refusals, true);
  }

  #worthAnotherTry(): Promise<void> {
    return new Promise((resolve) => {
      this.#tryAgain = resolve;
    });
  }

  async #look(refusal: number, isFirst: boolean): Promise<void> {
    const over = () => this.#stopped || !this.#forbidden || refusal !== this.#refusals;
    const names = await this.#candidates();
    const may = await this.#allowedOf(names);
    if (over()) return;
    // A kind of one namespace is whole there or nowhere.
    if (this.#options.namespace === undefined) {
      for (const name of may) if (!this.#parts.has(name)) this.#begin(name);
    }
    // Who may see the whole cluster may see all of its namespaces.
    if (names.length === may.length) this.#tryAgain();
    const lost = [...this.#parts].filter(([name]) => !may.includes(name));
    const gone = lost.filter(([name]) => this.#doubted.has(name));
    this.#doubted = new Set(lost.map(([name]) => name).filter((name) => !this.#doubted.has(name)));
    for (const [name, part] of gone) {
      part.stop();
      this.#parts.delete(name);
    }
    await Promise.race([
      Promise.all([...this.#parts.values()].map((part) => part.whenSynced())),
      new Promise((resolve) => setTimeout(resolve, 2_000).unref()),
    ]);
    if (over()) return;
    // What comes is told by its own list.
    if (isFirst || gone.length > 0) this.#options.onChange();
    this.#resolveSynced();
    // All kinds look at the same moments, so that one question for a namespace serves all of them.
    const everyMs = LOOK_MS * Math.max(1, Math.ceil(names.length / NAMESPACES_A_LOOK));
    const waitMs = this.#doubted.size > 0 ? CONFIRM_MS : everyMs - (Date.now() % everyMs);
    this.#timer = setTimeout(() => void this.#look(refusal, false), waitMs).unref();
  }

  #begin(namespace: string): void {
    const part = new Reflector({ ...this.#options, namespace });
    this.#parts.set(namespace, part);
    void part.start();
  }

  /** Where it could be looked. Namespaces stand in none. */
  async #candidates(): Promise<readonly string[]> {
    const { namespace: only, name } = this.#options;
    if (only !== undefined) return [only];
    return name === "namespaces" ? [] : this.#permissions.namespaces();
  }

  async #allowedOf(names: readonly string[]): Promise<readonly string[]> {
    const answers = await Promise.all(names.map((name) => this.#permissions.mayWatch(name)));
    return names.filter((_, index) => answers[index]);
  }
}
