import type { ResourceType } from "../names";
import type { Resource } from "../resource";
import type { ResourceView } from "../resource-set";

/** What one answer carries. */
export interface Batch {
  readonly resources: readonly Resource[];
  readonly removed: readonly string[];
}

export interface SubscriptionChange {
  readonly subscribe: readonly string[];
  readonly unsubscribe: readonly string[];
  /** Versions the client says it has from an earlier stream; only its first request of a type says so. */
  readonly initialVersions: Readonly<Record<string, string>>;
}

export interface Refusal {
  /** Unix milliseconds. */
  readonly at: number;
  readonly message: string;
}

/**
 * One resource type on one stream: what the client wants, what it was sent, what it took and what it refused. At most one
 * answer is on its way; what changes meanwhile is gathered, latest value wins. A refused version is not sent again.
 */
export class Subscription {
  started = false;
  lastAckAt: number | null = null;
  nack: Refusal | null = null;
  private wildcard = false;
  private readonly names = new Set<string>();
  private readonly sent = new Map<string, string>();
  private readonly pending = new Map<string, Resource | null>();
  private readonly refused = new Set<string>();
  private onItsWay: { nonce: string; names: readonly string[] } | null = null;
  private view: ResourceView | null = null;
  private answerDue = false;

  constructor(readonly type: ResourceType) {}

  get busy(): boolean {
    return this.onItsWay !== null;
  }

  get size(): number {
    return this.sent.size;
  }

  /** All that was sent is taken, and nothing is left to send. */
  get synced(): boolean {
    return !this.busy && this.nack === null && !this.hasUpdates && !this.hasRemovals;
  }

  get hasUpdates(): boolean {
    if (this.answerDue) return true;
    for (const resource of this.pending.values()) if (resource !== null) return true;
    return false;
  }

  get hasRemovals(): boolean {
    for (const resource of this.pending.values()) if (resource === null) return true;
    return false;
  }

  isNew(name: string): boolean {
    return !this.sent.has(name);
  }

  /** What the client asks for, said in its first request of the type or at any time later. */
  change({ subscribe, unsubscribe, initialVersions }: SubscriptionChange): void {
    const first = !this.started;
    this.started = true;
    if (first) for (const [name, version] of Object.entries(initialVersions)) this.sent.set(name, version);
    // "No names" in the first request of these types is the old spelling of "all".
    const all = subscribe.includes("*") || (first && subscribe.length === 0 && isWildcardType(this.type));
    if (all && !this.wildcard) {
      this.wildcard = true;
      this.answerDue = this.view !== null;
      this.compareAll();
    }
    for (const name of unsubscribe) this.unsubscribe(name);
    for (const name of subscribe) if (name !== "*") this.subscribe(name, first);
  }

  /** Another view: what differs from the last one is to be sent. null: not known yet, so nothing is answered. */
  setView(view: ResourceView): void {
    const earlier = this.view;
    if (earlier === view) return;
    this.view = view;
    if (earlier === null) {
      this.answerDue = this.wildcard;
      this.compareAll();
      return;
    }
    const { changed, removed } = view.since(earlier);
    for (const resource of changed) if (this.wants(resource.name)) this.offer(resource.name, resource);
    for (const name of removed) if (this.wants(name)) this.offer(name, null);
  }

  /** The next answer, or null. Marked as sent under `nonce`. */
  take(nonce: string, what: { removals: boolean }): Batch | null {
    if (this.busy) return null;
    const resources: Resource[] = [];
    const removed: string[] = [];
    for (const [name, resource] of this.pending) {
      if (resource !== null) {
        resources.push(resource);
        this.sent.set(name, resource.version);
      } else if (what.removals) {
        removed.push(name);
        this.sent.delete(name);
      } else {
        continue;
      }
      this.pending.delete(name);
    }
    if (resources.length === 0 && removed.length === 0 && !this.answerDue) return null;
    this.answerDue = false;
    this.onItsWay = { nonce, names: [...resources.map(({ name }) => name), ...removed] };
    return { resources, removed };
  }

  /** Everything the client wants as it now stands (state of the world). */
  whole(): readonly Resource[] {
    return [...(this.view?.all() ?? [])].filter(({ name }) => this.wants(name));
  }

  /** How far a resource of the present view has come. */
  stateOf({ name, version }: Resource): "taken" | "sent" | "waiting" | "refused" {
    if (this.sent.get(name) !== version) return "waiting";
    if (this.onItsWay?.names.includes(name)) return "sent";
    return this.refused.has(name) ? "refused" : "taken";
  }

  /** The client's word on an answer. Returns the names it was about; null when it is about none that is on its way. */
  settle(nonce: string, at: number, error: string | null): readonly string[] | null {
    if (this.onItsWay === null || this.onItsWay.nonce !== nonce) return null;
    const { names } = this.onItsWay;
    this.onItsWay = null;
    if (error !== null) {
      for (const name of names) this.refused.add(name);
      this.nack = { at, message: error };
      return names;
    }
    this.lastAckAt = at;
    for (const name of names) this.refused.delete(name);
    // Taking one resource does not mend another one that was refused before.
    if (this.refused.size === 0) this.nack = null;
    return names;
  }

  private subscribe(name: string, first: boolean): void {
    this.names.add(name);
    // Who asks again may have dropped what it had.
    if (!first) this.sent.delete(name);
    if (this.view === null) return;
    const resource = this.view.get(name);
    if (resource) this.offer(name, resource);
    // A secret may still be on its way; anything else that is not there will not come by waiting.
    else if (this.type !== "SDS") this.pending.set(name, null);
  }

  private unsubscribe(name: string): void {
    if (name === "*") this.wildcard = false;
    this.names.delete(name);
    if (this.wants(name)) return;
    this.pending.delete(name);
    this.sent.delete(name);
    this.refused.delete(name);
    if (this.refused.size === 0) this.nack = null;
  }

  private compareAll(): void {
    if (this.view === null) return;
    if (this.wildcard) {
      for (const resource of this.view.all()) this.offer(resource.name, resource);
      for (const name of this.sent.keys()) if (!this.view.get(name)) this.offer(name, null);
    }
    for (const name of this.names) {
      const resource = this.view.get(name);
      if (resource) this.offer(name, resource);
      else if (this.type !== "SDS") this.pending.set(name, null);
    }
  }

  private offer(name: string, resource: Resource | null): void {
    if (resource === null) {
      // Of what it asked for by name the client itself lets go, once nothing refers to it.
      if (this.wildcard && this.sent.has(name)) this.pending.set(name, null);
      else this.pending.delete(name);
    } else if (this.sent.get(name) === resource.version) {
      this.pending.delete(name);
    } else {
      this.pending.set(name, resource);
    }
  }

  private wants(name: string): boolean {
    return this.wildcard || this.names.has(name);
  }
}

function isWildcardType(type: ResourceType): boolean {
  return type === "CDS" || type === "LDS";
}
