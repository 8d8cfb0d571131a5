/** The SMI objects of the meshed namespaces, read into hub shapes; what does not read is a problem, not an exception. */
import type { KubeObject } from "@/lib/kube/objects";
import type { HttpRouteGroup, SmiObject, TcpRoute, TrafficSplit, TrafficTarget } from "@/lib/smi/hub";
import { readSmi, type SmiReading } from "@/lib/smi/read";
import type { Report } from "./report";
import { compareText, named } from "./shape";

export interface SmiObjects<T extends SmiObject> {
  /** Sorted by namespace and name. */
  readonly values: readonly T[];
  /** `namespace/name` of those that do not read. */
  readonly unreadable: ReadonlySet<string>;
}

type Reader<T extends SmiObject> = (
  list: readonly KubeObject[],
  meshed: ReadonlySet<string>,
  report: Report,
) => SmiObjects<T>;

export const readSplits = readerOf<TrafficSplit>("TrafficSplit");
export const readTargets = readerOf<TrafficTarget>("TrafficTarget");
export const readGroups = readerOf<HttpRouteGroup>("HTTPRouteGroup");
export const readTcpRoutes = readerOf<TcpRoute>("TCPRoute");

function readerOf<T extends SmiObject>(kind: T["kind"]): Reader<T> {
  return (list, meshed, report) => {
    const values: T[] = [];
    const unreadable = new Set<string>();
    for (const object of list) {
      const name = named(object);
      if (name === null || !meshed.has(name.namespace)) continue;
      const reading = readOnce(object);
      if (reading.ok && isOf<T>(reading.value, kind)) {
        values.push(reading.value);
        continue;
      }
      unreadable.add(name.key);
      const fields = reading.ok ? [{ field: "kind", message: `must be ${kind}` }] : reading.fields;
      for (const { field, message } of fields) {
        const say = `${kind} ${name.key} is ignored: ${field || "the object"} ${message}; correct it and apply it again.`;
        report("InvalidObject", { kind, ...name }, field, say);
      }
    }
    values.sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
    return { values, unreadable };
  };
}

const known = new WeakMap<object, SmiReading>();

/** An object the store has frozen cannot change, so it is read once. */
function readOnce(object: KubeObject): SmiReading {
  const earlier = known.get(object);
  if (earlier !== undefined) return earlier;
  const reading = readSmi(object);
  if (Object.isFrozen(object)) known.set(object, reading);
  return reading;
}

function isOf<T extends SmiObject>(value: SmiObject, kind: T["kind"]): value is T {
  return value.kind === kind;
}
