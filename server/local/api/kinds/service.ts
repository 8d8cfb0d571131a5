/** Services: defaults, and addresses and node ports handed out once each. */
import { at, isObject, type JsonObject, listAt, type Stored, textAt } from "../object";
import type { Behaviour } from "../resource-type";
import type { Cause } from "../status";
import { bad, dnsLabel, dnsLabel1035, duplicate, labelCauses, oneOf, portProblem, required } from "./rules";

const FIRST_ADDRESS = (10 << 24) | (96 << 16);
const ADDRESSES = 1 << 20;
const FIRST_NODE_PORT = 30000;
const NODE_PORTS = 2768;

/** All Services there are now: what is taken follows from them. */
export type ServiceList = () => Iterable<Stored>;

function addressText(index: number): string {
  const value = FIRST_ADDRESS + index;
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
}

/** A small stable hash, so that a Service that is made again gets the address it had. */
function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 16777619) >>> 0;
  return value;
}

function firstFree<T>(seed: string, count: number, make: (index: number) => T, taken: ReadonlySet<T>): T | null {
  const start = hash(seed) % count;
  for (let step = 0; step < count; step += 1) {
    const candidate = make((start + step) % count);
    if (!taken.has(candidate)) return candidate;
  }
  return null;
}

export function fillService(draft: JsonObject): void {
  const spec = draft.spec;
  if (!isObject(spec)) return;
  spec.type ??= "ClusterIP";
  spec.sessionAffinity ??= "None";
  for (const port of listAt(spec, "ports")) {
    if (!isObject(port)) continue;
    port.protocol ??= "TCP";
    if (port.port !== undefined) port.targetPort ??= port.port;
  }
  if (spec.type === "ExternalName") return;
  spec.internalTrafficPolicy ??= "Cluster";
  if (spec.type !== "ClusterIP") spec.externalTrafficPolicy ??= "Cluster";
}

function allocate(draft: JsonObject, services: ServiceList): void {
  const spec = draft.spec;
  if (!isObject(spec) || spec.type === "ExternalName") return;
  const seed = `${textAt(draft, "metadata", "namespace")}/${textAt(draft, "metadata", "name")}`;
  const others = [...services()];
  if (!spec.clusterIP) {
    const taken = new Set([addressText(0), addressText(1), ...others.map((one) => textAt(one, "spec", "clusterIP"))]);
    const free = firstFree(seed, ADDRESSES, addressText, taken);
    if (free !== null) spec.clusterIP = free;
  }
  spec.clusterIPs = [spec.clusterIP ?? "None"];
  spec.ipFamilies ??= ["IPv4"];
  spec.ipFamilyPolicy ??= "SingleStack";
  if (spec.type !== "NodePort" && spec.type !== "LoadBalancer") return;
  const taken = new Set<unknown>(
    others.flatMap((one) => listAt(one, "spec", "ports").map((port) => at(port, "nodePort"))),
  );
  for (const port of listAt(spec, "ports")) {
    if (!isObject(port) || port.nodePort) continue;
    const free = firstFree<unknown>(
      `${seed}/${String(port.port)}`,
      NODE_PORTS,
      (index) => FIRST_NODE_PORT + index,
      taken,
    );
    if (typeof free === "number") port.nodePort = free;
    taken.add(free);
  }
}

/** What a PUT or a patch leaves out and the Service has already been given. */
function keepAllocated(draft: JsonObject, old: Stored): void {
  const spec = draft.spec;
  if (!isObject(spec) || spec.type === "ExternalName") return;
  const given = textAt(old, "spec", "clusterIP");
  if (!spec.clusterIP && given !== "") spec.clusterIP = given;
  for (const port of listAt(spec, "ports")) {
    if (!isObject(port) || port.nodePort || spec.type === "ClusterIP") continue;
    const before = listAt(old, "spec", "ports").find(
      (one) => at(one, "port") === port.port && at(one, "protocol") === port.protocol,
    );
    const nodePort = at(before, "nodePort");
    if (typeof nodePort === "number") port.nodePort = nodePort;
  }
}

function targetProblem(target: unknown): string | null {
  if (typeof target !== "string") return portProblem(target);
  return target.length <= 15 && /[a-z]/.test(target) && dnsLabel(target) === null
    ? null
    : "must be a port number or a port's name of at most 15 characters";
}

function portCauses(spec: unknown): Cause[] {
  const ports = listAt(spec, "ports");
  const names = new Set<string>();
  const numbers = new Set<string>();
  const headless = textAt(spec, "clusterIP") === "None" || textAt(spec, "type") === "ExternalName";
  const causes: Cause[] = ports.length === 0 && !headless ? [required("spec.ports")] : [];
  ports.forEach((port, index) => {
    const path = `spec.ports[${index}]`;
    const name = textAt(port, "name");
    const number = at(port, "port");
    if (name === "" && ports.length > 1) causes.push(required(`${path}.name`));
    if (name !== "" && names.has(name)) causes.push(duplicate(`${path}.name`, name));
    const nameProblem = name === "" ? null : dnsLabel(name);
    if (nameProblem !== null) causes.push(bad(`${path}.name`, name, nameProblem));
    names.add(name);
    const problem = portProblem(number);
    if (number === undefined) causes.push(required(`${path}.port`));
    else if (problem !== null) causes.push(bad(`${path}.port`, number, problem));
    const pair = `${String(number)}/${textAt(port, "protocol")}`;
    if (numbers.has(pair)) causes.push(duplicate(path, pair));
    numbers.add(pair);
    const target = at(port, "targetPort");
    const why = target === undefined ? null : targetProblem(target);
    if (why !== null) causes.push(bad(`${path}.targetPort`, target, why));
    causes.push(...oneOf(`${path}.protocol`, at(port, "protocol"), ["TCP", "UDP", "SCTP"]));
  });
  return causes;
}

function validate(service: JsonObject): Cause[] {
  const spec = service.spec;
  const address = textAt(spec, "clusterIP");
  const external = textAt(spec, "type") === "ExternalName";
  const badAddress = address !== "" && address !== "None" && !/^(\d{1,3}\.){3}\d{1,3}$/.test(address);
  return [
    ...portCauses(spec),
    ...oneOf("spec.type", at(spec, "type"), ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]),
    ...oneOf("spec.sessionAffinity", at(spec, "sessionAffinity"), ["ClientIP", "None"]),
    ...labelCauses("spec.selector", at(spec, "selector")),
    ...(external && textAt(spec, "externalName") === "" ? [required("spec.externalName")] : []),
    ...(badAddress ? [bad("spec.clusterIP", address, "must be empty, 'None', or a valid IP address")] : []),
  ];
}

function validateUpdate(service: JsonObject, old: Stored): Cause[] {
  const before = textAt(old, "spec", "clusterIP");
  const after = textAt(service, "spec", "clusterIP");
  const fixed = before !== "" && before !== after && textAt(service, "spec", "type") !== "ExternalName";
  return fixed ? [bad("spec.clusterIP", after, "field is immutable")] : [];
}

function takenCauses(service: JsonObject, services: ServiceList): Cause[] {
  const address = textAt(service, "spec", "clusterIP");
  if (address === "" || address === "None") return [];
  const uid = textAt(service, "metadata", "uid");
  for (const one of services()) {
    if (one.metadata.uid !== uid && textAt(one, "spec", "clusterIP") === address) {
      return [bad("spec.clusterIP", address, "provided IP is already allocated")];
    }
  }
  return [];
}

export function serviceBehaviour(services: ServiceList): Behaviour {
  return {
    generation: false,
    unconditionalUpdate: true,
    nameRule: dnsLabel1035,
    selectableFields: {
      "spec.clusterIP": (service) => textAt(service, "spec", "clusterIP"),
      "spec.type": (service) => textAt(service, "spec", "type"),
    },
    prepareCreate(draft) {
      draft.status = { loadBalancer: {} };
      allocate(draft, services);
    },
    prepareUpdate(draft, old) {
      keepAllocated(draft, old);
      allocate(draft, services);
    },
    validate: (service) => [...validate(service), ...takenCauses(service, services)],
    validateUpdate,
  };
}
