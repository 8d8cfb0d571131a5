/** Kubernetes Events of local mode's own parts. Never in the way: an Event that cannot be written is logged. */
import { randomBytes } from "node:crypto";
import type { KubeObject } from "@/lib/kube/objects";
import { type ClusterStore, EVENTS } from "./cluster";

export interface EventFields {
  readonly type: "Normal" | "Warning";
  /** One word in CamelCase, for example `BackOff`. */
  readonly reason: string;
  readonly message: string;
  /** For example `spec.containers{envoy}`. */
  readonly fieldPath?: string;
}

export type RecordEvent = (object: KubeObject, fields: EventFields) => void;

const REMEMBERED = 1000;

/** `component` is the event's source, for example `kubelet`. The same event again raises the count of the first. */
export function createEventRecorder(
  store: ClusterStore,
  component: string,
  onError: (error: unknown) => void,
): RecordEvent {
  const known = new Map<string, { name: string; count: number }>();
  let queue = Promise.resolve();

  const write = async (object: KubeObject, fields: EventFields) => {
    const { name, uid, namespace = "default" } = object.metadata;
    const key = [uid, fields.type, fields.reason, fields.message, fields.fieldPath].join("\0");
    const at = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    const before = known.get(key);
    if (before) {
      before.count += 1;
      const patch = { count: before.count, lastTimestamp: at };
      await store.merge(EVENTS, { namespace, name: before.name }, patch);
      return;
    }
    const eventName = `${name}.${randomBytes(8).toString("hex")}`;
    remember(known, key, { name: eventName, count: 1 });
    await store.create(EVENTS, {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: eventName, namespace },
      involvedObject: {
        apiVersion: object.apiVersion,
        kind: object.kind,
        name,
        namespace,
        uid,
        resourceVersion: object.metadata.resourceVersion,
        ...(fields.fieldPath ? { fieldPath: fields.fieldPath } : {}),
      },
      type: fields.type,
      reason: fields.reason,
      message: fields.message,
      source: { component, host: "local" },
      reportingComponent: component,
      reportingInstance: "local",
      firstTimestamp: at,
      lastTimestamp: at,
      count: 1,
    });
  };

  return (object, fields) => {
    queue = queue.then(() => write(object, fields)).catch(onError);
  };
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}
