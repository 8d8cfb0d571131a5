/** What a hub object says that its version has no field for. */
import type { SmiObject } from "./hub";
import type { FieldError, SmiReading } from "./read";
import { type Feature, layoutOf } from "./versions";

interface Use {
  readonly feature: Feature;
  readonly field: string;
}

/** Empty when all can be said. What `base` already carries in that version is kept in its place, so it does not count. */
export function unsayable(hub: SmiObject, base: SmiReading | null): readonly FieldError[] {
  const { lacks } = layoutOf(hub.apiVersion);
  const kept = base?.ok && base.value.apiVersion === hub.apiVersion ? usesOf(base.value).map((use) => use.feature) : [];
  return usesOf(hub)
    .filter((use) => lacks.includes(use.feature) && !kept.includes(use.feature))
    .map((use) => ({ field: use.field, message: `has no place in ${hub.apiVersion}` }));
}

function usesOf(hub: SmiObject): readonly Use[] {
  switch (hub.kind) {
    case "TrafficSplit":
      return hub.matches.length > 0 ? [{ feature: "split-matches", field: "spec.matches" }] : [];
    case "TrafficTarget":
      return hub.destination.port === null ? [] : [{ feature: "destination-port", field: "spec.destination.port" }];
    case "HTTPRouteGroup":
      return hub.matches.flatMap((match, index) =>
        Object.keys(match.headers).length > 0
          ? [{ feature: "headers" as const, field: `matches[${index}].headers` }]
          : [],
      );
    case "TCPRoute":
      return hub.ports.length > 0 ? [{ feature: "tcp-ports", field: "spec.matches.ports" }] : [];
  }
}
