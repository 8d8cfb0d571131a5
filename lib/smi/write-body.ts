/** The fields of each kind, laid over what the object had: unknown fields and unchanged spellings stay. */
import { isRecord, type Json } from "./body";
import type { HttpMatch, HttpRouteGroup, IdentityRef, TargetRule, TcpRoute, TrafficSplit, TrafficTarget } from "./hub";
import { formatQuantity, parseQuantity } from "./quantity";
import { layoutOf } from "./versions";

export function writeSplit(hub: TrafficSplit, old: Json): Json {
  const backends = overlay(hub.backends, old.backends, (backend, was) => ({
    matches: was.service === backend.service,
    write: () => ({ ...was, service: backend.service, weight: writeWeight(backend.weight, was.weight) }),
  }));
  return {
    service: hub.service,
    backends,
    ...optionalList("matches", old, hub.matches, (name, was) => ({
      matches: was.name === name,
      write: () => ({ kind: "HTTPRouteGroup", ...was, name }),
    })),
  };
}

export function writeTarget(
  hub: TrafficTarget,
  old: Json,
  rulesField: { readonly from: string; readonly to: string },
): Json {
  const oldDestination = isRecord(old.destination) ? old.destination : {};
  const { port: oldPort, ...destination } = writeIdentity(hub.destination, oldDestination, hub.namespace);
  const { port } = hub.destination;
  const rules = optionalList(rulesField.from, old, hub.rules, (rule, was) => ({
    matches: was.kind === rule.kind && was.name === rule.name,
    write: () => writeRule(rule, was),
  }));
  return {
    destination: {
      ...destination,
      ...(port === null ? {} : { port: String(oldPort) === String(port) ? oldPort : port }),
    },
    ...(Object.hasOwn(rules, rulesField.from) ? { [rulesField.to]: rules[rulesField.from] } : {}),
    ...optionalList("sources", old, hub.sources, (source, was) => ({
      matches:
        was.kind === source.kind && was.name === source.name && (was.namespace || hub.namespace) === source.namespace,
      write: () => writeIdentity(source, was, hub.namespace),
    })),
  };
}

export function writeHttp(hub: HttpRouteGroup, old: Json): Json {
  const form = layoutOf(hub.apiVersion).headersForm;
  return optionalList("matches", old, hub.matches, (match, was) => ({
    matches: was.name === match.name,
    write: () => writeMatch(match, was, form),
  }));
}

export function writeTcp(hub: TcpRoute, old: Json): Json {
  const says = !layoutOf(hub.apiVersion).lacks.includes("tcp-ports");
  const was = isRecord(old.matches) ? old.matches : null;
  if (was === null && (!says || ("matches" in old && hub.ports.length === 0))) {
    return "matches" in old ? { matches: old.matches } : {};
  }
  const { ports: oldPorts, ...rest } = was ?? {};
  const unchanged = Array.isArray(oldPorts) && oldPorts.map(Number).join() === hub.ports.join();
  return { matches: { ...rest, ports: unchanged ? oldPorts : hub.ports } };
}

function writeWeight(weight: number, was: unknown): unknown {
  if (parseQuantity(was) === weight) return was;
  return typeof was === "string" || !Number.isInteger(weight) ? formatQuantity(weight) : weight;
}

function writeIdentity(ref: IdentityRef, was: Json, ownNamespace: string): Json {
  const implied = !was.namespace && "kind" in was && ref.namespace === ownNamespace;
  return { ...was, kind: ref.kind, name: ref.name, ...(implied ? {} : { namespace: ref.namespace }) };
}

function writeRule(rule: TargetRule, was: Json): Json {
  const { matches: oldMatches, ...rest } = was;
  const kept = oldMatches === null ? { matches: null } : {};
  return { ...rest, kind: rule.kind, name: rule.name, ...(rule.matches === null ? kept : { matches: rule.matches }) };
}

function writeMatch(match: HttpMatch, was: Json, form: "map" | "list"): Json {
  const { pathRegex: oldPath, methods: oldMethods, headers: oldHeaders, ...rest } = was;
  const path = match.pathRegex === null ? blank("pathRegex", oldPath, "") : { pathRegex: match.pathRegex };
  const sameMethods =
    Array.isArray(oldMethods) &&
    oldMethods.map((method) => String(method).toUpperCase()).join() === match.methods.join();
  const methods =
    match.methods.length === 0 ? blank("methods", oldMethods) : { methods: sameMethods ? oldMethods : match.methods };
  return { ...rest, name: match.name, ...path, ...methods, ...writeHeaders(match.headers, oldHeaders, form) };
}

function writeHeaders(headers: HttpMatch["headers"], was: unknown, form: "map" | "list"): Json {
  const entries = Object.entries(headers);
  if (entries.length === 0) return isEmpty(was) ? { headers: was } : {};
  const written = Array.isArray(was) ? was : isRecord(was) ? [was] : [];
  const before = written.flatMap((map) => (isRecord(map) ? Object.entries(map) : []));
  if (before.length === entries.length && before.every(([name, value]) => headers[name] === value)) {
    return { headers: was };
  }
  const asMap = isRecord(was) || (!Array.isArray(was) && form === "map");
  return { headers: asMap ? Object.fromEntries(entries) : entries.map((entry) => Object.fromEntries([entry])) };
}

/** A field that says nothing, kept only if the object already said nothing in this way. */
function blank(field: string, was: unknown, empty?: string): Json {
  return isEmpty(was) || (empty !== undefined && was === empty) ? { [field]: was } : {};
}

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    (Array.isArray(value) && value.length === 0) ||
    (isRecord(value) && Object.keys(value).length === 0)
  );
}

type Overlay<T> = (item: T, was: Json) => { readonly matches: boolean; readonly write: () => Json };

/** Writes each item over the first unused one of `old` that stands for the same thing. */
function overlay<T>(items: readonly T[], old: unknown, rule: Overlay<T>): readonly Json[] {
  const unused: Json[] = Array.isArray(old) ? old.filter(isRecord) : [];
  return items.map((item) => {
    const index = unused.findIndex((was) => rule(item, was).matches);
    const [was] = index < 0 ? [{}] : unused.splice(index, 1);
    return rule(item, was ?? {}).write();
  });
}

/** The same for a list that may be left out: an absent one stays absent while there is nothing to write. */
function optionalList<T>(field: string, old: Json, items: readonly T[], rule: Overlay<T>): Json {
  if (items.length > 0) return { [field]: overlay(items, old[field], rule) };
  if (!(field in old)) return {};
  return { [field]: isEmpty(old[field]) ? old[field] : [] };
}
