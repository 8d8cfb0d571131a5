import type { KubeObject } from "@/lib/kube/objects";
import { pause } from "./backoff";
import type { KubeClient } from "./client";
import { isConflict } from "./errors";
import { LEASES } from "./resource";

export interface ElectionOptions {
  readonly client: Pick<KubeClient, "find" | "create" | "replace">;
  readonly namespace: string;
  readonly name: string;
  /** Unique among replicas and stable over a restart of one, so that a restarted leader leads at once. */
  readonly holder: string;
  readonly leaseSeconds?: number;
  readonly renewSeconds?: number;
  readonly onChange: (leader: boolean) => void;
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
}

export interface Election {
  leader(): boolean;
  /** Ends taking part and gives the lease back, so that the next one need not wait. */
  stop(): Promise<void>;
}

interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly renewTime?: string;
  readonly acquireTime?: string;
  readonly leaseTransitions?: number;
}

/** Takes part in electing one leader by a Lease object, as Kubernetes' own controllers do. */
export function elect(options: ElectionOptions): Election {
  const { leaseSeconds = 15, renewSeconds = 5 } = options;
  const stop = new AbortController();
  let leader = false;
  let renewedAt = 0;
  // Another's lease counts from when its renewal was seen here: clocks of replicas may differ.
  let seen = { renewal: "", at: 0 };

  const become = (now: boolean) => {
    if (now === leader) return;
    leader = now;
    options.log.info({ event: "lease", holder: options.holder, leader }, leader ? "leading" : "not leading");
    options.onChange(leader);
  };

  async function attempt(): Promise<boolean> {
    const { client, namespace, name, holder } = options;
    const live = await client.find(LEASES, { namespace, name });
    if (!live) {
      await client.create(LEASES, lease(options, leaseSeconds, {}));
      return true;
    }
    const spec = (live.spec ?? {}) as LeaseSpec;
    const renewal = `${spec.holderIdentity}@${spec.renewTime}`;
    if (seen.renewal !== renewal) seen = { renewal, at: Date.now() };
    const held = spec.holderIdentity && spec.holderIdentity !== holder;
    if (held && Date.now() - seen.at < (spec.leaseDurationSeconds ?? leaseSeconds) * 1000) return false;
    await client.replace(LEASES, { ...live, ...lease(options, leaseSeconds, spec), metadata: live.metadata });
    return true;
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        const won = await attempt();
        if (won) renewedAt = Date.now();
        become(won);
      } catch (error) {
        if (isConflict(error)) become(false);
        else if (Date.now() - renewedAt > (leaseSeconds - renewSeconds) * 1000) become(false);
        const message = error instanceof Error ? error.message : String(error);
        options.log.warn({ event: "lease", holder: options.holder, error: message }, "lease not renewed");
      }
      await pause(renewSeconds * 1000 * (0.9 + Math.random() / 5), stop.signal);
    }
  }
  const ended = run();

  return {
    leader: () => leader,
    async stop() {
      stop.abort();
      await ended;
      if (!leader) return;
      become(false);
      const { client, namespace, name, holder } = options;
      const live = await client.find(LEASES, { namespace, name }).catch(() => null);
      const spec = (live?.spec ?? {}) as LeaseSpec;
      if (!live || spec.holderIdentity !== holder) return;
      await client
        .replace(LEASES, { ...live, spec: { ...spec, holderIdentity: "", leaseDurationSeconds: 1 } })
        .catch(() => undefined);
    },
  };
}

function lease(options: ElectionOptions, leaseSeconds: number, before: LeaseSpec): KubeObject {
  const now = new Date().toISOString().replace("Z", "000Z");
  const same = before.holderIdentity === options.holder;
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: { namespace: options.namespace, name: options.name },
    spec: {
      holderIdentity: options.holder,
      leaseDurationSeconds: leaseSeconds,
      renewTime: now,
      acquireTime: same ? (before.acquireTime ?? now) : now,
      leaseTransitions: (before.leaseTransitions ?? 0) + (same || !before.holderIdentity ? 0 : 1),
    },
  };
}
