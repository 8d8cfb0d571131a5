/** What keeps a call out, in words: what is missing and what to do about it. */
import type { Grant, MeshModel } from "./model";
import { fitRoute, type HttpCall, routeText } from "./route-match";
import { own } from "./shape";

export interface Call extends HttpCall {
  /** Identity key of the caller. */
  readonly sourceIdentity: string;
  /** Service key of what is called. */
  readonly service: string;
  /** Port of the Service. */
  readonly port?: number;
}

export type MissingReason =
  | "unknown-source" // the caller is no identity of the mesh
  | "unknown-service" // no such service in the mesh
  | "unknown-port" // the service has no such port
  | "no-pods" // no pod of the mesh backs the service: 503, whatever the policy
  | "no-target" // no TrafficTarget from this caller to this destination
  | "no-port" // there is one, for other ports
  | "tcp-port" // there is one with HTTP rules only, and the port speaks TCP
  | "no-route"; // there is one, but no route of it fits the call

export interface Missing {
  readonly reason: MissingReason;
  /** The service whose pods would answer, a backend of the split when the call goes to a root; null when unknown. */
  readonly service: string | null;
  /** Identity key; null when unknown. */
  readonly destination: string | null;
  readonly sentence: string;
  readonly hint: string;
  /** Policies that allow something similar, nearest first. */
  readonly near: readonly string[];
}

export interface MissingFacts {
  readonly reason: MissingReason;
  readonly service?: string;
  readonly identity?: string;
  readonly near?: readonly Grant[];
}

export function missingFor(model: MeshModel, call: Call, facts: MissingFacts): Missing {
  const near = nearest(call, facts.near ?? []);
  const [sentence, hint] = WORDS[facts.reason]({
    call,
    destination: facts.identity ?? "",
    via: facts.service === undefined || facts.service === call.service ? "" : ` (by way of ${facts.service})`,
    near,
    ports: own(model.services, call.service)?.ports.map(({ port }) => port) ?? [],
  });
  return {
    reason: facts.reason,
    service: facts.service ?? null,
    destination: facts.identity ?? null,
    sentence,
    hint,
    near: near.map(({ policy }) => policy),
  };
}

/** Grants that differ from the call in the fewest parts come first. */
function nearest(call: HttpCall, grants: readonly Grant[]): readonly Grant[] {
  const distance = (grant: Grant) => (grant.route === null ? 0 : fitRoute(grant.route, call).against.length);
  return [...grants].sort((a, b) => distance(a) - distance(b));
}

interface Words {
  readonly call: Call;
  readonly destination: string;
  /** Which backend of a split would answer, when it is not the called service itself. */
  readonly via: string;
  readonly near: readonly Grant[];
  readonly ports: readonly number[];
}

const WORDS: Readonly<Record<MissingReason, (words: Words) => readonly [sentence: string, hint: string]>> = {
  "unknown-source": ({ call }) => [
    `${call.sourceIdentity} is no identity of the mesh.`,
    "Check that its namespace is part of the mesh and that the ServiceAccount exists.",
  ],
  "unknown-service": ({ call }) => [
    `${call.service} is no service of the mesh.`,
    "Check that the Service exists, has a selector, and that its namespace is part of the mesh.",
  ],
  "unknown-port": ({ call, ports }) => [
    `${call.service} has no port ${call.port}.`,
    ports.length === 0 ? "Add the port to the Service." : `It has ${ports.join(", ")}.`,
  ],
  "no-pods": ({ call }) => [
    `No pod of the mesh backs ${call.service}, so calls to it are answered with 503.`,
    "Check the Service's selector, and that its pods run and have a sidecar.",
  ],
  "no-target": ({ call, destination, via }) => [
    `No TrafficTarget lets ${call.sourceIdentity} call ${destination}${via}.`,
    `Add ${call.sourceIdentity} to the sources of a TrafficTarget whose destination is ${destination}, or create one.`,
  ],
  "no-port": ({ call, destination, via, near }) => [
    `${targets(near)} lets ${call.sourceIdentity} call ${destination}${via}, but only on port ${portsOf(near)}.`,
    "Add the port to the TCPRoute the TrafficTarget names. Ports are those of the pod, not of the Service.",
  ],
  "tcp-port": ({ call, destination, via, near }) => [
    `${targets(near)} lets ${call.sourceIdentity} call ${destination}${via} by HTTP routes only, and this port speaks TCP.`,
    "Add a TrafficTarget with a TCPRoute rule for the port.",
  ],
  "no-route": ({ call, near }) => [
    `${callText(call)} fits no route of ${targets(near)}.`,
    near[0]?.route ? `The nearest allows ${routeText(near[0].route)}.` : "Add a match for it to the HTTPRouteGroup.",
  ],
};

function targets(near: readonly Grant[]): string {
  const names = [...new Set(near.map(({ target }) => target))];
  return `TrafficTarget ${names.join(", ")}`;
}

function portsOf(near: readonly Grant[]): string {
  return [...new Set(near.flatMap(({ ports }) => ports))].sort((a, b) => a - b).join(", ");
}

function callText({ method, path, sourceIdentity }: Call): string {
  const request = [method?.toUpperCase(), path].filter((part) => part !== undefined).join(" ");
  return request === "" ? `The call of ${sourceIdentity}` : `${request} of ${sourceIdentity}`;
}
