/**
 * A kind of object as far as the user may see it: of every namespace where that is allowed, else of each namespace where
 * it is. What may not be seen at all is empty and holds nobody up.
 */
import type { KubeObject } from "@/lib/kube/objects";
import { isForbidden } from "./errors";
import { Reflector, type ReflectorOptions, type ReflectorState } from "./reflector";
import type { Rights } from "./rights";

export interface Permissions {
  readonly rights: Rights;
  /** Namespaces to look into when the whole cluster may not be seen. */
  readonly namespaces: () => readonly string[];
}

/** How often it is looked whether more may be seen by now. */
const AGAIN_MS = 30_000;

export class PermittedReflector {
  readonly #options: ReflectorOptions;
  readonly #permissions: Permissions;
  readonly #whole: Reflector;
  readonly #parts = new Map<string, Reflector>();
  readonly #synced: Promise<void>;
  #resolveSynced: () => void = () => undefined;
  #forbidden = false;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  #list: { readonly of: readonly (readonly KubeObject[])[]; readonly all: readonly KubeObject[] } | null = null;

  constructor(options: ReflectorOptions, permissions: Permissions) {
    this.#options = options;
    this.#permissions = permissions;
    this.#synced = new Promise((resolve) => {
      this.#resolveSynced = resolve;
    });
    this.#whole = new Reflector({ ...options, onError: (error) => isForbidden(error) && this.#refused() });
    void this.#whole.whenSynced().then(() => this.#allowed());
  }

  start(): Promise<void> {
    return this.#whole.start();
  }

  stop(): void {
    this.#stopped = true;
    this.#whole.stop();
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
    this.#forbidden = false;
    for (const part of this.#parts.values()) part.stop();
    this.#parts.clear();
    this.#resolveSynced();
  }

  /** The whole cluster may not be listed. That is tried again by itself; meanwhile each namespace is. */
  #refused(): void {
    if (this.#forbidden || this.#stopped) return;
    this.#forbidden = true;
    void this.#look();
  }

  async #look(): Promise<void> {
    const may = await this.#allowedNamespaces();
    if (this.#stopped || !this.#forbidden) return;
    for (const name of may) if (!this.#parts.has(name)) this.#begin(name);
    for (const [name, part] of this.#parts) {
      if (may.includes(name)) continue;
      part.stop();
      this.#parts.delete(name);
      this.#options.onChange();
    }
    await Promise.race([
      Promise.all([...this.#parts.values()].map((part) => part.whenSynced())),
      new Promise((resolve) => setTimeout(resolve, 2_000).unref()),
    ]);
    this.#options.onChange();
    this.#resolveSynced();
    this.#timer = setTimeout(() => void this.#look(), AGAIN_MS).unref();
  }

  #begin(namespace: string): void {
    const part = new Reflector({ ...this.#options, namespace });
    this.#parts.set(namespace, part);
    void part.start();
  }

  async #allowedNamespaces(): Promise<readonly string[]> {
    const { rights, namespaces } = this.#permissions;
    const { resource: wanted, namespace: only } = this.#options;
    const kind = typeof wanted === "function" ? await wanted(AbortSignal.timeout(5_000)).catch(() => null) : wanted;
    // A kind of one namespace has no other to be looked for in, and namespaces stand in none.
    if (kind === null || only !== undefined || kind.plural === "namespaces") return [];
    const names = namespaces();
    const answers = await Promise.all(names.map((name) => rights.mayWatch(kind, name)));
    return names.filter((_, index) => answers[index]);
  }
}
