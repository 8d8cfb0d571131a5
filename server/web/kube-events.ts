/** GET /api/events: what Kubernetes reported of a service or workload, its pods and the policy around it. */
import type { KubeEvent, KubeEvents } from "@/lib/contract/services";
import type { KubeObject } from "@/lib/kube/objects";
import type { KubeClient } from "@/server/kube/client";
import { EVENTS } from "@/server/kube/resource";

const MOST = 300;
/** Asked so often at most for all who look at a namespace. */
const FRESH_MS = 2_000;

/** Lists of a namespace's events, each asked once for everybody within two seconds. */
export class EventLists {
  readonly #kept = new Map<string, { readonly at: number; readonly asked: Promise<readonly KubeObject[]> }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Rejects as the API does: `forbidden` names who lacks which right. */
  read(client: Pick<KubeClient, "list">, namespace: string): Promise<readonly KubeObject[]> {
    const now = this.#now();
    for (const [name, { at }] of this.#kept) if (now - at > FRESH_MS) this.#kept.delete(name);
    const known = this.#kept.get(namespace);
    if (known) return known.asked;
    const asked = client.list(EVENTS, { namespace }).then(({ items }) => items);
    this.#kept.set(namespace, { at: now, asked });
    return asked;
  }
}

/** Which objects a reader of one service or workload wants to hear of. */
export interface EventSubjects {
  /** `Kind/name`, in the namespace that was listed. */
  readonly objects: ReadonlySet<string>;
  /** Names of Deployments: their ReplicaSets and pods are theirs, those that have gone too. */
  readonly deployments: readonly string[];
  /** All Deployments of the namespace: `store-v1-x` is one of `store-v1`, not of `store`. */
  readonly allDeployments: readonly string[];
}

/** Newest first. */
export function eventsAbout(events: readonly KubeObject[], subjects: EventSubjects): KubeEvents {
  const items = events
    .map(eventOf)
    .filter(({ object }) => isAbout(object, subjects))
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST);
  return { items };
}

function isAbout({ kind, name }: KubeEvent["object"], subjects: EventSubjects): boolean {
  if (subjects.objects.has(`${kind}/${name}`)) return true;
  if (kind !== "ReplicaSet" && kind !== "Pod") return false;
  const nearest = subjects.allDeployments
    .filter((deployment) => name.startsWith(`${deployment}-`))
    .reduce((longest, one) => (one.length > longest.length ? one : longest), "");
  return subjects.deployments.includes(nearest);
}

interface EventFields {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
  readonly source?: { readonly component?: string };
  readonly reportingComponent?: string;
  readonly involvedObject?: { readonly kind?: string; readonly namespace?: string; readonly name?: string };
}

/** Old events carry counts and two times, new ones a time and perhaps a series. */
function eventOf(object: KubeObject): KubeEvent {
  const event = object as KubeObject & EventFields;
  const { involvedObject, series, metadata } = event;
  const since = time(event.firstTimestamp) ?? time(event.eventTime) ?? time(metadata.creationTimestamp) ?? 0;
  return {
    at: time(series?.lastObservedTime) ?? time(event.lastTimestamp) ?? since,
    since,
    type: event.type === "Warning" ? "Warning" : "Normal",
    reason: event.reason ?? "",
    message: event.message ?? "",
    count: series?.count ?? event.count ?? 1,
    from: event.reportingComponent || event.source?.component || "",
    object: {
      kind: involvedObject?.kind ?? "",
      namespace: involvedObject?.namespace ?? metadata.namespace ?? "",
      name: involvedObject?.name ?? "",
    },
  };
}

function time(text: string | null | undefined): number | null {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) ? null : at;
}
