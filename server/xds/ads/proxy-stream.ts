import type { Certificate, ProxyConfig, Proxy as ProxyState } from "@/lib/contract/admin";
import type { MeshPod } from "@/lib/mesh/model";
import { RESOURCE_TYPES, type ResourceType } from "../names";
import { shown } from "../show";
import type { ProxyView } from "../snapshot/mesh-snapshot";
import { type Batch, Subscription, type SubscriptionChange } from "./subscription";

/** How an answer leaves: the delta and the state-of-the-world protocol differ only here. */
export interface StreamPort {
  send(type: ResourceType, nonce: string, batch: Batch, subscription: Subscription): void;
  onNack(type: ResourceType, message: string): void;
  now(): number;
  /** Runs `work` once after `delayMs`; returns how to call it off. */
  later(delayMs: number, work: () => void): () => void;
}

/** A new cluster that does not get ready by then no longer holds back what refers to it. */
const WARMING_LIMIT_MS = 2000;
/** How long a stream that resumes may take to say which routes it has. */
const RESUME_LIMIT_MS = 1000;

/**
 * One proxy's stream: serves what it asked for in an order that never refers to what is not there yet. New clusters and
 * their endpoints go first and routes wait until those are taken; clusters that are gone leave when no route is left
 * to send.
 */
export class ProxyStream {
  readonly connectedAt: number;
  pod: MeshPod | null = null;
  envoyVersion: string | null = null;
  clientCertificate: Certificate | null = null;
  private readonly types: Readonly<Record<ResourceType, Subscription>>;
  private readonly warming = new Set<string>();
  private view: ProxyView | null = null;
  private warmingSince: number | null = null;
  private timer: (() => void) | null = null;
  private nonces = 0;

  constructor(
    readonly proxyId: string,
    /** Identity key, from the certificate. */
    readonly identity: string,
    private readonly port: StreamPort,
  ) {
    this.connectedAt = port.now();
    this.types = {
      CDS: new Subscription("CDS"),
      EDS: new Subscription("EDS"),
      SDS: new Subscription("SDS"),
      LDS: new Subscription("LDS"),
      RDS: new Subscription("RDS"),
    };
  }

  subscription(type: ResourceType): Subscription {
    return this.types[type];
  }

  /** The proxy asks for more or less. */
  change(type: ResourceType, change: SubscriptionChange): void {
    this.types[type].change(change);
    this.flush();
  }

  /** The proxy took (null) or refused an answer. Words on older answers count for nothing. */
  settle(type: ResourceType, nonce: string, error: string | null): void {
    const names = this.types[type].settle(nonce, this.port.now(), error);
    if (names === null) return;
    if (error !== null) this.port.onNack(type, error);
    if (type === "EDS") for (const name of names) this.warming.delete(name);
    if (this.warming.size === 0) this.warmingSince = null;
    this.flush();
  }

  /** Returns whether anything is different for this proxy. */
  setView(pod: MeshPod, view: ProxyView): boolean {
    this.pod = pod;
    if (this.view === view) return false;
    this.view = view;
    for (const type of RESOURCE_TYPES) this.types[type].setView(view[type]);
    this.flush();
    return true;
  }

  close(): void {
    this.timer?.();
    this.timer = null;
  }

  state(): ProxyState {
    const [namespace = "", serviceAccount = ""] = this.identity.split("/");
    return {
      id: this.proxyId,
      namespace: this.pod?.namespace ?? namespace,
      pod: this.pod?.name ?? "",
      identity: `${namespace}/${serviceAccount}`,
      connectedAt: new Date(this.connectedAt).toISOString(),
      envoyVersion: this.envoyVersion,
      clientCertificate: this.clientCertificate,
      types: RESOURCE_TYPES.map((type) => this.types[type])
        .filter((subscription) => subscription.started)
        .map((subscription) => ({
          type: subscription.type,
          synced: subscription.synced,
          resources: subscription.size,
          lastAckAt: subscription.lastAckAt === null ? null : new Date(subscription.lastAckAt).toISOString(),
          nack: subscription.nack && {
            at: new Date(subscription.nack.at).toISOString(),
            message: subscription.nack.message,
          },
        })),
    };
  }

  /** All it asked for as it now stands, whether it has it yet or not. */
  config(): ProxyConfig["resources"] {
    return RESOURCE_TYPES.flatMap((type) =>
      this.types[type].whole().map((resource) => ({
        type,
        name: resource.name,
        version: resource.version,
        state: this.types[type].stateOf(resource),
        resource: shown(resource),
      })),
    );
  }

  private flush(): void {
    this.sendClusters();
    this.send("EDS", true);
    this.send("SDS", true);
    if (!this.mustWait()) {
      this.send("LDS", true);
      this.send("RDS", true);
      this.removeClusters();
    }
  }

  private sendClusters(): void {
    const { CDS, EDS } = this.types;
    this.send("CDS", false, (batch) => {
      // Only clusters that were not there before: a changed one serves as it was until its successor is ready.
      for (const { name } of batch.resources) if (this.view?.EDS.get(name) && EDS.isNew(name)) this.warming.add(name);
    });
    if (CDS.busy || this.warming.size > 0) this.warmingSince ??= this.port.now();
  }

  /** Whether routes and listeners may not go yet. */
  private mustWait(): boolean {
    if (!this.types.CDS.busy && this.warming.size === 0) return false;
    const waited = this.port.now() - (this.warmingSince ?? this.port.now());
    if (waited >= WARMING_LIMIT_MS) return false;
    this.wakeIn(WARMING_LIMIT_MS - waited);
    return true;
  }

  private removeClusters(): void {
    const { CDS, LDS, RDS } = this.types;
    if (!CDS.hasRemovals || CDS.busy) return;
    const settled = [LDS, RDS].every((one) => !one.busy && !one.hasUpdates);
    const age = this.port.now() - this.connectedAt;
    if (!RDS.started && age < RESUME_LIMIT_MS) this.wakeIn(RESUME_LIMIT_MS - age);
    else if (settled) this.send("CDS", true);
  }

  private send(type: ResourceType, removals: boolean, before?: (batch: Batch) => void): void {
    const subscription = this.types[type];
    if (!subscription.started || subscription.busy) return;
    const nonce = String(this.nonces + 1);
    const batch = subscription.take(nonce, { removals });
    if (batch === null) return;
    this.nonces += 1;
    before?.(batch);
    this.port.send(type, nonce, batch, subscription);
  }

  private wakeIn(delayMs: number): void {
    if (this.timer) return;
    this.timer = this.port.later(delayMs, () => {
      this.timer = null;
      this.flush();
    });
  }
}
