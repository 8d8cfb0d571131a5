/** Contexts of readers who may not see the whole mesh: one for all with equal rights, as long as somebody uses it. Bounded. */
import type { WebContext } from "../context";
import { limitedContext } from "./context";
import { type Scope, scopeKey } from "./scope";

const MOST = 64;
const IDLE_MS = 10 * 60_000;

export class ScopedContexts {
  readonly #base: WebContext;
  /** Unix milliseconds. */
  readonly #now: () => number;
  /** In the order of last use. */
  readonly #known = new Map<string, { usedAt: number; readonly context: WebContext }>();

  constructor(base: WebContext, now: () => number) {
    this.#base = base;
    this.#now = now;
  }

  of(scope: Scope): WebContext {
    const now = this.#now();
    const key = scopeKey(scope);
    const known = this.#known.get(key) ?? { usedAt: now, context: limitedContext(this.#base, scope) };
    known.usedAt = now;
    this.#known.delete(key);
    this.#known.set(key, known);
    for (const [oldest, { usedAt }] of this.#known) {
      if (now - usedAt < IDLE_MS && this.#known.size <= MOST) break;
      this.#known.delete(oldest);
    }
    return known.context;
  }
}
