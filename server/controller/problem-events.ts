import { createHash } from "node:crypto";
import type { KubeObject } from "@/lib/kube/objects";
import type { MeshObjects } from "@/lib/mesh/input";
import type { Problem } from "@/lib/mesh/problems";
import type { KubeClient } from "@/server/kube/client";
import { isConflict, isNotFound } from "@/server/kube/errors";
import { EVENTS } from "@/server/kube/resource";

/** On every Event of ours: whether its problem is still there. */
const STATE_LABEL = "meshdeck.io/problem";
/** The API server forgets Events after an hour: a problem that is still there is told again before that. */
const REPEAT_MS = 30 * 60_000;

interface Told {
  readonly problem: Problem;
  readonly at: number;
}

interface EventObject extends KubeObject {
  readonly count?: number;
  readonly reason?: string;
}

/**
 * Tells problems as Kubernetes Events on the objects that have them: a Warning when one appears, with a count when it
 * comes back, and a Normal Event when it is gone. Event names follow from the problem, so a restarted or a new leader
 * goes on with the Events that are there.
 */
export class ProblemEvents {
  readonly #client: Pick<KubeClient, "list" | "find" | "create" | "patch">;
  #told: Map<string, Told> | null = null;

  constructor(client: Pick<KubeClient, "list" | "find" | "create" | "patch">) {
    this.#client = client;
  }

  /** Another may have told problems meanwhile: look at the Events again before the next report. */
  forget(): void {
    this.#told = null;
  }

  /** Brings the Events in line with the problems there are now. Rejects when some could not be written; call it again. */
  async report(problems: readonly Problem[], objects: MeshObjects, now = Date.now()): Promise<void> {
    this.#told ??= await this.#open();
    const told = this.#told;
    const current = new Map(problems.map((problem) => [eventName(problem), problem]));
    const failures: unknown[] = [];
    const attempt = async (work: () => Promise<void>) => work().catch((error) => void failures.push(error));
    for (const [name, problem] of current) {
      const before = told.get(name);
      if (before && before.problem.message === problem.message && now - before.at < REPEAT_MS) continue;
      await attempt(async () => {
        await this.#warn(name, problem, objects, now);
        told.set(name, { problem, at: now });
      });
    }
    for (const [name, { problem }] of told) {
      if (current.has(name)) continue;
      await attempt(async () => {
        await this.#resolve(name, problem, objects, now);
        told.delete(name);
      });
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Problems whose Events say they are still there. */
  async #open(): Promise<Map<string, Told>> {
    const { items } = await this.#client.list(EVENTS, { labelSelector: `${STATE_LABEL}=open` });
    return new Map(
      (items as EventObject[]).map((event) => {
        const about = (event.involvedObject ?? {}) as { kind?: string; namespace?: string; name?: string };
        const object = { kind: about.kind ?? "", namespace: about.namespace ?? "", name: about.name ?? "" };
        const problem = {
          code: event.reason,
          severity: "warning",
          object,
          field: "",
          message: event.message,
        } as Problem;
        return [event.metadata.name, { problem, at: Date.parse(String(event.lastTimestamp)) || 0 }];
      }),
    );
  }

  async #warn(name: string, problem: Problem, objects: MeshObjects, now: number): Promise<void> {
    const event = eventFor(problem, objects, now);
    const metadata = { namespace: problem.object.namespace, name, labels: { [STATE_LABEL]: "open" } };
    try {
      await this.#client.create(EVENTS, {
        ...event,
        metadata,
        type: "Warning",
        reason: problem.code,
        message: problem.message,
      });
    } catch (error) {
      if (!isConflict(error)) throw error;
      const live = (await this.#client.find(EVENTS, metadata)) as EventObject | null;
      const again = {
        metadata: { labels: { [STATE_LABEL]: "open" } },
        count: (live?.count ?? 1) + 1,
        lastTimestamp: event.lastTimestamp,
        message: problem.message,
        involvedObject: event.involvedObject,
      };
      await this.#client.patch(EVENTS, metadata, again, { type: "merge" });
    }
  }

  async #resolve(name: string, problem: Problem, objects: MeshObjects, now: number): Promise<void> {
    const { namespace } = problem.object;
    const closed = { metadata: { labels: { [STATE_LABEL]: "resolved" } } };
    try {
      await this.#client.patch(EVENTS, { namespace, name }, closed, { type: "merge" });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    // An object that is gone needs nobody to be told that it is well.
    if (uidOf(problem, objects) === undefined) return;
    const event = eventFor(problem, objects, now);
    const metadata = { namespace, name: `${name}.${now.toString(36)}`, labels: { [STATE_LABEL]: "resolved" } };
    const message = `${problem.code} is resolved: ${problem.message}`;
    await this.#client.create(EVENTS, { ...event, metadata, type: "Normal", reason: "ProblemResolved", message });
  }
}

/** The same for the same problem of the same object, whenever and by whomever it is told. */
function eventName({ code, object, field }: Problem): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([code, object, field]))
    .digest("hex")
    .slice(0, 12);
  return `${object.name.slice(0, 200)}.${hash}`;
}

function eventFor(problem: Problem, objects: MeshObjects, now: number) {
  const { kind, namespace, name } = problem.object;
  const involved = find(problem, objects);
  // RFC 3339 in whole seconds, as metav1.Time is written.
  const at = new Date(now).toISOString().replace(/\.\d+Z$/, "Z");
  return {
    apiVersion: "v1",
    kind: "Event",
    involvedObject: {
      kind,
      namespace,
      name,
      ...(involved
        ? {
            apiVersion: involved.apiVersion,
            uid: involved.metadata.uid,
            resourceVersion: involved.metadata.resourceVersion,
          }
        : {}),
      ...(problem.field ? { fieldPath: problem.field } : {}),
    },
    source: { component: "meshdeck-controller" },
    reportingComponent: "meshdeck-controller",
    reportingInstance: "",
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
  };
}

function uidOf(problem: Problem, objects: MeshObjects): string | undefined {
  return find(problem, objects)?.metadata.uid;
}

function find({ object }: Problem, objects: MeshObjects): KubeObject | undefined {
  const lists: Readonly<Record<string, readonly KubeObject[]>> = {
    TrafficSplit: objects.trafficSplits,
    TrafficTarget: objects.trafficTargets,
    HTTPRouteGroup: objects.httpRouteGroups,
    TCPRoute: objects.tcpRoutes,
    Service: objects.services,
    Pod: objects.pods,
    ServiceAccount: objects.serviceAccounts,
  };
  return lists[object.kind]?.find(
    ({ metadata }) => metadata.name === object.name && metadata.namespace === object.namespace,
  );
}
