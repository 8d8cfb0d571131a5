/** How an object of policy is made narrower: as a text that fits into a link, and the object as it would be then. */
import type { KubeObject } from "@/lib/kube/objects";
import { parseKey } from "@/lib/kube/refs";
import type { HttpMatch, HttpRouteGroup, TrafficTarget } from "@/lib/smi/hub";
import { readSmi } from "@/lib/smi/read";
import { writeSmi } from "@/lib/smi/write";

export type Narrowing =
  /** A TrafficTarget without a caller (identity key), or with only these matches of an HTTPRouteGroup (name). */
  | { readonly kind: "without-source"; readonly source: string }
  | { readonly kind: "matches"; readonly group: string; readonly matches: readonly string[] }
  /** A match of an HTTPRouteGroup with these methods only, or with this expression for paths. */
  | { readonly kind: "methods"; readonly match: string; readonly methods: readonly string[] }
  | { readonly kind: "path"; readonly match: string; readonly pathRegex: string };

/** Reads back as it was by parseNarrowing. */
export function narrowingText(narrowing: Narrowing): string {
  return [narrowing.kind, ...argumentsOf(narrowing)].map(encodeURIComponent).join(":");
}

function argumentsOf(narrowing: Narrowing): readonly string[] {
  switch (narrowing.kind) {
    case "without-source":
      return [narrowing.source];
    case "matches":
      return [narrowing.group, ...narrowing.matches];
    case "methods":
      return [narrowing.match, ...narrowing.methods];
    case "path":
      return [narrowing.match, narrowing.pathRegex];
  }
}

/** null for a text that is none. */
export function parseNarrowing(text: string): Narrowing | null {
  const [kind, first, ...rest] = decoded(text) ?? [];
  if (!first) return null;
  if (kind === "without-source" && rest.length === 0) return { kind, source: first };
  if (kind === "matches") return { kind, group: first, matches: rest };
  if (kind === "methods" && rest.length > 0) return { kind, match: first, methods: rest };
  const [pathRegex] = rest;
  return kind === "path" && pathRegex && rest.length === 1 ? { kind, match: first, pathRegex } : null;
}

function decoded(text: string): string[] | null {
  try {
    return text.split(":").map(decodeURIComponent);
  } catch {
    return null;
  }
}

/** The object made narrower; as it was when the narrowing is about nothing in it, or its version cannot say the result. */
export function narrowed(object: KubeObject, narrowing: Narrowing): KubeObject {
  const reading = readSmi(object);
  if (!reading.ok) return object;
  if (reading.value.kind === "TrafficTarget") return writeSmi(narrowTarget(reading.value, narrowing), object);
  if (reading.value.kind === "HTTPRouteGroup") return writeSmi(narrowGroup(reading.value, narrowing), object);
  return object;
}

function narrowTarget(target: TrafficTarget, narrowing: Narrowing): TrafficTarget {
  if (narrowing.kind === "without-source") {
    const { namespace, name } = parseKey(narrowing.source);
    return { ...target, sources: target.sources.filter((one) => one.name !== name || one.namespace !== namespace) };
  }
  if (narrowing.kind !== "matches") return target;
  const rules = target.rules.flatMap((rule) => {
    if (rule.kind !== "HTTPRouteGroup" || rule.name !== narrowing.group) return [rule];
    return narrowing.matches.length === 0 ? [] : [{ ...rule, matches: narrowing.matches }];
  });
  return { ...target, rules };
}

function narrowGroup(group: HttpRouteGroup, narrowing: Narrowing): HttpRouteGroup {
  const change = (match: HttpMatch): HttpMatch => {
    if (narrowing.kind === "methods") return { ...match, methods: narrowing.methods };
    return narrowing.kind === "path" ? { ...match, pathRegex: narrowing.pathRegex } : match;
  };
  const wanted = narrowing.kind === "methods" || narrowing.kind === "path" ? narrowing.match : null;
  return { ...group, matches: group.matches.map((match) => (match.name === wanted ? change(match) : match)) };
}
