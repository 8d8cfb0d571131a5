/** The SMI objects of the meshed namespaces, read into hub shapes; what does not read is a problem, not an exception. */
import type { KubeObject } from "@/lib/kube/objects";
import type { HttpRouteGroup, SmiKind, SmiObject, TcpRoute, TrafficSplit, TrafficTarget } from "@/lib/smi/hub";
import { readSmi, type SmiReading } from "@/lib/smi/read";
import type { MeshObjects } from "./input";
import type { Report } from "./report";
import { compareText, named } from "./shape";

export interface SmiObjects {
  /** Sorted by namespace and name, as are all the others. */
  readonly splits: readonly TrafficSplit[];
  readonly targets: readonly TrafficTarget[];
  readonly groups: readonly HttpRouteGroup[];
  readonly tcpRoutes: readonly TcpRoute[];
  /** `kind namespace/name` of those that do not read. */
  readonly unreadable: ReadonlySet<string>;
}

const known = new WeakMap<object, SmiReading>();

export function readSmiObjects(objects: MeshObjects, meshed: ReadonlySet<string>, report: Report): SmiObjects {
  const unreadable = new Set<string>();
  const read = <T extends SmiObject>(kind: T["kind"] & SmiKind, list: readonly KubeObject[]): readonly T[] => {
    const values: T[] = [];
    for (const object of list) {
      const name = named(object);
      if (name === null || !meshed.has(name.namespace)) continue;
      const reading = readOnce(object);
      if (reading.ok && isOf<T>(reading.value, kind)) {
        values.push(reading.value);
        continue;
      }
      unreadable.add(`${kind} ${name.key}`);
      const fields = reading.ok ? [{ field: "kind", message: `must be ${kind}` }] : reading.fields;
      for (const { field, message } of fields) {
        const what = `${field || "the object"} ${message}`;
        const say = `${kind} ${name.key} is ignored: ${what}; correct it and apply it again.`;
        report("InvalidObject", { kind, ...name }, field, say);
      }
    }
    return values.sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
  };
  return {
    splits: read<TrafficSplit>("TrafficSplit", objects.trafficSplits),
    targets: read<TrafficTarget>("TrafficTarget", objects.trafficTargets),
    groups: read<HttpRouteGroup>("HTTPRouteGroup", objects.httpRouteGroups),
    tcpRoutes: read<TcpRoute>("TCPRoute", objects.tcpRoutes),
    unreadable,
  };
}

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
