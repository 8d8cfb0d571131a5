import type { KubeClient } from "@/server/kube/client";
import { type Election, elect } from "@/server/kube/lease";
import { Reflector } from "@/server/kube/reflector";
import { SECRETS } from "@/server/kube/resource";
import type { Authority } from "@/server/pki/authority";
import type { Logger } from "@/server/platform/log";
import { createAlarm } from "./alarm";
import { BOOTSTRAP_LABEL, BootstrapSecrets } from "./bootstrap-secrets";
import { sidecarEndpoint } from "./endpoints";
import { createLoop } from "./loop";
import type { MeshState } from "./mesh-state";
import { ProblemEvents } from "./problem-events";
import type { Settings } from "./settings";

export interface LeaderWork {
  leader(): boolean;
  /** The mesh is another now. */
  changed(): void;
  stop(): Promise<void>;
}

export interface LeaderWorkOptions {
  readonly client: KubeClient;
  readonly settings: Settings;
  readonly authority: Authority;
  readonly adsPort: number;
  readonly state: MeshState;
  readonly log: Logger;
}

const RETRY_MS = 3000;
/** How often open problems are looked at again, so that their Events outlive the API server's hour. */
const EVENTS_AGAIN_MS = 10 * 60_000;

/** What one replica does for all: bootstrap Secrets and the Events of problems. */
export function startLeaderWork(options: LeaderWorkOptions): LeaderWork {
  const { client, settings, authority, state, log } = options;
  const events = new ProblemEvents(client);
  const secrets = new BootstrapSecrets({ client, authority, controller: sidecarEndpoint(settings, options.adsPort) });
  const renewal = createAlarm(() => bootstrapLoop.trigger());
  const again = createAlarm(() => eventLoop.trigger());
  const failed = (what: string) => (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    log.warn({ event: "leader.retry", what, error: message }, "trying again");
  };
  const known = new Reflector({
    client,
    resource: SECRETS,
    name: "secrets",
    labelSelector: `${BOOTSTRAP_LABEL}=true`,
    log,
    onChange: () => bootstrapLoop.trigger(),
  });

  const bootstrapLoop = createLoop({
    settleMs: 50,
    maxMs: 500,
    retryMs: RETRY_MS,
    onError: failed("bootstrap secrets"),
    async run() {
      const { model, objects, config } = state;
      if (!election.leader() || !model || !objects || !known.state().synced) return;
      const validitySeconds = config.certificateSeconds;
      renewal.set(await secrets.reconcile({ model, objects, secrets: known.objects(), validitySeconds }));
    },
  });
  const eventLoop = createLoop({
    settleMs: 200,
    maxMs: 1000,
    retryMs: RETRY_MS,
    onError: failed("events"),
    async run() {
      const { model, objects } = state;
      if (!election.leader() || !model || !objects) return;
      await events.report(model.problems, objects);
      again.set(Date.now() + EVENTS_AGAIN_MS);
    },
  });
  const changed = () => {
    bootstrapLoop.trigger();
    eventLoop.trigger();
  };
  const election: Election = elect({
    client,
    namespace: settings.controlNamespace,
    name: `meshdeck-controller-${settings.meshName}`,
    holder: settings.replicaName,
    log,
    onChange: (leader) => {
      if (leader) events.forget();
      changed();
    },
  });
  void known.start();
  return {
    leader: () => election.leader(),
    changed,
    async stop() {
      renewal.stop();
      again.stop();
      known.stop();
      await Promise.all([bootstrapLoop.stop(), eventLoop.stop()]);
      await election.stop();
    },
  };
}
