/** Everybody who looked lately: their line to Kubernetes, what they may see, and their open streams. Bounded. */
import { AppError } from "@/lib/contract/errors";
import type { KubeClient } from "@/server/kube/client";
import type { WebContext } from "../context";
import { type Scope, scopeKey } from "../limited/scope";
import type { Credentials, Identity } from "./identity";
import type { Viewer } from "./viewer";

export interface ViewersOptions {
  readonly clientFor: (credentials: Credentials) => KubeClient;
  /** null: the whole mesh. Rejects as the API does. */
  readonly askScope: (client: KubeClient) => Promise<Scope | null>;
  /** The context of all who see as much, with this client for what one does oneself. */
  readonly contextFor: (scope: Scope | null, client: KubeClient) => WebContext;
  /** Unix milliseconds. */
  readonly now: () => number;
}

interface Access {
  readonly scope: Scope | null;
  /** Equal for equal scopes. */
  readonly key: string;
  readonly context: WebContext;
}

interface Entry {
  readonly client: KubeClient;
  usedAt: number;
  askedAt: number;
  access: Access | null;
  flight: Promise<Access> | null;
}

interface Lease {
  readonly identity: Identity;
  readonly accessKey: string;
  readonly end: () => void;
}

/** Rights are asked again after so long. */
const KNOWN_MS = 60_000;
/** While the API server is away, what it said last counts for so long. */
const AWAY_MS = 10 * 60_000;
const IDLE_MS = 10 * 60_000;
const MOST_VIEWERS = 500;
const MOST_ENDED = 10_000;
const LOOK_MS = 2_000;

export class Viewers {
  readonly #options: ViewersOptions;
  /** By identity key, in the order of last use. */
  readonly #entries = new Map<string, Entry>();
  readonly #leases = new Set<Lease>();
  /** Sessions that were signed out of, with when they would have ended. */
  readonly #ended = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: ViewersOptions) {
    this.#options = options;
  }

  knows(identity: Identity): boolean {
    return this.#entries.get(identity.key)?.access != null;
  }

  /** null for somebody who has not looked yet, or whose session has ended: nobody is asked for them. */
  async ifKnown(identity: Identity): Promise<Viewer | null> {
    if (!this.knows(identity)) return null;
    return this.of(identity).catch((error: unknown) => {
      if (error instanceof AppError) return null;
      throw error;
    });
  }

  /** Throws `unauthenticated` when the session was ended or the API server does not know the user any more. */
  async of(identity: Identity): Promise<Viewer> {
    if (this.#hasEnded(identity)) throw endedSession();
    const access = await this.#access(identity);
    return {
      user: identity.user,
      scope: access.scope,
      context: access.context,
      untilLeft: (end) => this.#lease({ identity, accessKey: access.key, end }),
    };
  }

  /** Ends a session here and now, and its streams. */
  end(sessionId: string, endsAt: number): void {
    const now = this.#options.now();
    for (const [id, at] of this.#ended) if (at <= now || this.#ended.size >= MOST_ENDED) this.#ended.delete(id);
    this.#ended.set(sessionId, endsAt);
    void this.#look();
  }

  #hasEnded({ sessionId, endsAt }: Identity): boolean {
    if (endsAt !== null && endsAt <= this.#options.now()) return true;
    return sessionId !== null && this.#ended.has(sessionId);
  }

  async #access(identity: Identity): Promise<Access> {
    const entry = this.#entry(identity);
    const age = this.#options.now() - entry.askedAt;
    if (entry.access !== null && age < KNOWN_MS) return entry.access;
    entry.flight ??= this.#ask(entry).finally(() => {
      entry.flight = null;
    });
    try {
      return await entry.flight;
    } catch (error) {
      if (error instanceof AppError && error.code === "unauthenticated") {
        this.#entries.delete(identity.key);
        entry.client.close();
        throw endedSession(error);
      }
      if (entry.access !== null && age < AWAY_MS) return entry.access;
      throw error;
    }
  }

  async #ask(entry: Entry): Promise<Access> {
    const at = this.#options.now();
    const scope = await this.#options.askScope(entry.client);
    const key = scope === null ? "" : scopeKey(scope);
    // The context of a limited viewer is asked for each time: it is let go when nobody uses it.
    const known = entry.access?.key === key ? entry.access.context : this.#options.contextFor(scope, entry.client);
    entry.access = { scope, key, context: known };
    entry.askedAt = at;
    return entry.access;
  }

  #entry(identity: Identity): Entry {
    const now = this.#options.now();
    const known = this.#entries.get(identity.key);
    this.#entries.delete(identity.key);
    const entry = known ?? {
      client: this.#options.clientFor(identity.credentials),
      usedAt: now,
      askedAt: 0,
      access: null,
      flight: null,
    };
    entry.usedAt = now;
    this.#entries.set(identity.key, entry);
    for (const [key, { usedAt, client }] of this.#entries) {
      if (now - usedAt < IDLE_MS && this.#entries.size <= MOST_VIEWERS) break;
      this.#entries.delete(key);
      client.close();
    }
    return entry;
  }

  #lease(lease: Lease): () => void {
    this.#leases.add(lease);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
    return () => this.#release(lease);
  }

  #release(lease: Lease): void {
    this.#leases.delete(lease);
    if (this.#leases.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Streams whose viewer may no longer see what they bring are ended. */
  async #look(): Promise<void> {
    await Promise.all([...this.#leases].map((lease) => this.#check(lease)));
  }

  async #check(lease: Lease): Promise<void> {
    if (await this.#holds(lease)) return;
    this.#release(lease);
    lease.end();
  }

  async #holds({ identity, accessKey }: Lease): Promise<boolean> {
    if (this.#hasEnded(identity)) return false;
    try {
      return (await this.#access(identity)).key === accessKey;
    } catch {
      return false;
    }
  }
}

function endedSession(cause?: unknown): AppError {
  return new AppError("unauthenticated", "Your session has ended.", { hint: "Sign in again.", cause });
}
