/** A Service object, read once into what the translator needs of it. */
import type { AppProtocol } from "./model";
import { protocolOf } from "./protocol";
import { named, portNumber, record, records, text } from "./shape";

export interface ServiceObject {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly clusterIP: string | null;
  /** Empty: the Service has no selector. */
  readonly selector: readonly (readonly [string, string])[];
  /** TCP ports, sorted. */
  readonly ports: readonly ServiceObjectPort[];
}

export interface ServiceObjectPort {
  readonly port: number;
  readonly name: string;
  readonly protocol: AppProtocol;
  readonly target: number | string;
  /** Its place in `spec.ports`. */
  readonly index: number;
}

const known = new WeakMap<object, ServiceObject | null>();

/** Reads a Service; null for one without a name and for ExternalName, which is only an alias. A frozen one is read once. */
export function readService(object: unknown): ServiceObject | null {
  if (typeof object !== "object" || object === null) return null;
  const earlier = known.get(object);
  if (earlier !== undefined) return earlier;
  const service = serviceOf(object);
  if (Object.isFrozen(object)) known.set(object, service);
  return service;
}

function serviceOf(object: object): ServiceObject | null {
  const name = named(object);
  const spec = record(record(object).spec);
  if (name === null || spec.type === "ExternalName") return null;
  const clusterIP = text(spec.clusterIP);
  return {
    ...name,
    clusterIP: clusterIP === "None" ? null : clusterIP,
    selector: Object.entries(record(spec.selector)).filter((term): term is [string, string] => text(term[1]) !== null),
    ports: portsOf(spec.ports),
  };
}

function portsOf(value: unknown): readonly ServiceObjectPort[] {
  const ports = new Map<number, ServiceObjectPort>();
  for (const [index, port] of records(value).entries()) {
    const number = portNumber(port.port);
    if (number === null || ports.has(number) || (port.protocol ?? "TCP") !== "TCP") continue;
    const name = text(port.name) ?? "";
    const protocol = protocolOf(text(port.appProtocol), name);
    const target = portNumber(port.targetPort) ?? text(port.targetPort) ?? number;
    ports.set(number, { port: number, name, protocol, target, index });
  }
  return [...ports.values()].sort((a, b) => a.port - b.port);
}
