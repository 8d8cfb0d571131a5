/** What an SMI object asks for, and what a change of it changes, in the words of the mesh. */
import type {
  HttpMatch,
  HttpRouteGroup,
  IdentityRef,
  SmiObject,
  TcpRoute,
  TrafficSplit,
  TrafficTarget,
} from "@/lib/smi/hub";
import { gainsAndLosses, listed, moved } from "./words";

/** Finds what a rule of a TrafficTarget names; null when there is no such object. */
export type FindRoutes = (kind: string, namespace: string, name: string) => HttpRouteGroup | TcpRoute | null;

/** A phrase that follows the object's name: `splits bookstore: bookstore-v1 90, bookstore-v2 10`. */
export function describeSmi(object: SmiObject, find: FindRoutes): string {
  switch (object.kind) {
    case "TrafficSplit":
      return `splits ${object.service}: ${listed(object.backends.map(({ service, weight }) => `${service} ${weight}`))}`;
    case "TrafficTarget":
      return `grants ${listed(object.sources.map((source) => identityText(source, object.namespace)))} ${listed(grantsOf(object, find))} on ${identityText(object.destination, object.namespace)}`;
    case "HTTPRouteGroup":
      return `names ${listed(object.matches.map((match) => `${match.name} (${matchText(match)})`))}`;
    case "TCPRoute":
      return `names ${portsText(object)}`;
  }
}

/** null when nothing that counts differs. */
export function smiChange(before: SmiObject, after: SmiObject, find: FindRoutes): string | null {
  const parts =
    before.kind === "TrafficSplit" && after.kind === "TrafficSplit"
      ? splitChange(before, after)
      : before.kind === "TrafficTarget" && after.kind === "TrafficTarget"
        ? targetChange(before, after, find)
        : before.kind === "HTTPRouteGroup" && after.kind === "HTTPRouteGroup"
          ? groupChange(before, after)
          : before.kind === "TCPRoute" && after.kind === "TCPRoute"
            ? tcpChange(before, after)
            : [];
  return parts.length > 0 ? parts.join("; ") : null;
}

function splitChange(before: TrafficSplit, after: TrafficSplit): string[] {
  const names = (split: TrafficSplit) => split.backends.map(({ service }) => service);
  const weights = after.backends.flatMap(({ service, weight }) => {
    const old = before.backends.find((backend) => backend.service === service);
    return old && old.weight !== weight ? [`${service} ${moved(String(old.weight), String(weight))}`] : [];
  });
  const added = after.backends
    .filter(({ service }) => !names(before).includes(service))
    .map(({ service, weight }) => `${service} at ${weight}`);
  return [
    ...(before.service === after.service ? [] : [`root ${moved(before.service, after.service)}`]),
    ...(weights.length > 0 ? [`weights ${listed(weights)}`] : []),
    ...(added.length > 0 ? [`adds backend ${listed(added)}`] : []),
    ...gainsAndLosses(
      names(before),
      names(after).filter((name) => names(before).includes(name)),
      "backend",
    ),
    ...gainsAndLosses(before.matches, after.matches, "route group"),
  ];
}

function targetChange(before: TrafficTarget, after: TrafficTarget, find: FindRoutes): string[] {
  const sources = (target: TrafficTarget) => target.sources.map((source) => identityText(source, target.namespace));
  const to = ({ destination, namespace }: TrafficTarget) =>
    `${identityText(destination, namespace)}${destination.port === null ? "" : ` port ${destination.port}`}`;
  const rules = gainsAndLosses(grantsOf(before, find), grantsOf(after, find), "");
  return [
    ...(to(before) === to(after) ? [] : [`destination ${moved(to(before), to(after))}`]),
    ...gainsAndLosses(sources(before), sources(after), "source"),
    ...rules,
  ];
}

function groupChange(before: HttpRouteGroup, after: HttpRouteGroup): string[] {
  const texts = new Map(before.matches.map((match) => [match.name, matchText(match)]));
  const changed = after.matches.flatMap((match) => {
    const old = texts.get(match.name);
    const text = matchText(match);
    return old !== undefined && old !== text ? [`${match.name} ${moved(old, text)}`] : [];
  });
  const known = (group: HttpRouteGroup, other: HttpRouteGroup) =>
    group.matches
      .filter(({ name }) => !other.matches.some((match) => match.name === name))
      .map((match) => `${match.name} (${matchText(match)})`);
  return [...changed, ...gainsAndLosses(known(before, after), known(after, before), "match")];
}

function tcpChange(before: TcpRoute, after: TcpRoute): string[] {
  return portsText(before) === portsText(after) ? [] : [moved(portsText(before), portsText(after))];
}

/** `bookbuyer` where name and namespace say the same or the namespace is the object's own, else `namespace/name`. */
function identityText({ namespace, name }: IdentityRef, home: string): string {
  return namespace === home || namespace === name ? name : `${namespace}/${name}`;
}

/** What the rules let through: `GET /books`, or the name of the routes when they cannot be looked up. */
function grantsOf(target: TrafficTarget, find: FindRoutes): string[] {
  return target.rules.flatMap(({ kind, name, matches }) => {
    const routes = find(kind, target.namespace, name);
    if (routes === null) return [`the routes of ${name}`];
    if (routes.kind === "TCPRoute") return [portsText(routes)];
    return routes.matches.filter((match) => matches?.includes(match.name) ?? true).map(matchText);
  });
}

function matchText({ methods, pathRegex, headers }: HttpMatch): string {
  const method = methods.length === 0 || methods.includes("*") ? "any method" : methods.join("|");
  const names = Object.entries(headers).map(([name, regex]) => `${name}: ${regex}`);
  return `${method} ${pathRegex ?? "any path"}${names.length > 0 ? ` with ${listed(names)}` : ""}`;
}

function portsText({ ports }: TcpRoute): string {
  if (ports.length === 0) return "every TCP port";
  return `TCP ${ports.length === 1 ? "port" : "ports"} ${listed(ports.map(String))}`;
}
