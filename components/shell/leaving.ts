import type { UrlChange } from "./url-state";

/** Parameters that every page has, and that go along from page to page. */
export const SHARED_PARAMETERS = ["window", "at", "track", "ns"] as const;

/**
 * The page that is being left. A router that is fetching the next page drops it as soon as the address is written, so a change
 * that comes late (a moment that settles, a text that was typed) must wait for the next page, or is no longer wanted.
 */
export class Leaving {
  #away = false;
  #waiting: UrlChange | null = null;
  #apply: ((change: UrlChange) => void) | null = null;

  /** The router began to go to `url`, from `here`; both as in an address bar, `url` may be relative. */
  start(url: string, here: string): void {
    this.#away = new URL(url, here).pathname !== new URL(here).pathname;
  }

  /** The router was told otherwise: the page is not left. */
  stay(): void {
    this.#away = false;
  }

  /** Makes the change by `apply`: now, or for what all pages share on the next page. */
  change(change: UrlChange, apply: (change: UrlChange) => void): void {
    if (!this.#away) {
      apply(change);
      return;
    }
    const kept = Object.entries(change).filter(([name]) => (SHARED_PARAMETERS as readonly string[]).includes(name));
    if (kept.length === 0) return;
    this.#waiting = { ...this.#waiting, ...Object.fromEntries(kept) };
    this.#apply = apply;
  }

  /** The next page is there, with its address. */
  arrived(): void {
    const [waiting, apply] = [this.#waiting, this.#apply];
    this.#away = false;
    this.#waiting = null;
    this.#apply = null;
    if (waiting) apply?.(waiting);
  }
}

/** Of this browser's one address bar; the router tells it in instrumentation-client.ts. */
export const leaving = new Leaving();
