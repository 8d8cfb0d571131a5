/** What the controller gives to a sidecar, held against what its Envoy says it has. */
import type { ProxyConfig } from "@/lib/contract/admin";
import type { EnvoyResource } from "@/lib/contract/envoy-config";

type SentResource = ProxyConfig["resources"][number];

export interface ConfigDifference {
  readonly type: string;
  readonly name: string;
  /**
   * differs: Envoy has another one. missing: it has none. extra: it has one that it is not given (any more). warming: it
   * has taken the one it was given and does not use it yet.
   */
  readonly kind: "differs" | "missing" | "extra" | "warming";
  /** What Envoy said when it refused the last one; null when it did not. */
  readonly error: string | null;
  /** null where there is none. Only what can be compared of it. */
  readonly sent: unknown;
  readonly has: unknown;
}

/** Empty when Envoy uses exactly what it is given. In reading order. */
export function compareConfig(
  sent: readonly SentResource[],
  has: readonly EnvoyResource[],
): readonly ConfigDifference[] {
  const given = new Map(sent.map((one) => [nameOf(one), one]));
  const held = new Map<string, EnvoyResource[]>();
  for (const one of has) held.set(nameOf(one), [...(held.get(nameOf(one)) ?? []), one]);
  const names = [...new Set([...given.keys(), ...held.keys()])].sort(readingOrder);
  return names.flatMap((name) => differenceOf(given.get(name), held.get(name) ?? []));
}

function differenceOf(given: SentResource | undefined, held: readonly EnvoyResource[]): ConfigDifference[] {
  const one = given ?? held[0];
  if (!one) return [];
  const used = held.find(({ state }) => state === "active") ?? null;
  const next = held.find(({ state }) => state === "warming") ?? null;
  const about = { type: one.type, name: one.name, error: held.find(({ error }) => error !== null)?.error ?? null };
  const sent = given ? comparable(given) : null;
  const has = used ? comparable(used) : null;
  if (given === undefined) {
    // What drains is on its way out already.
    return used || next ? [{ ...about, kind: "extra", sent, has: has ?? (next && comparable(next)) }] : [];
  }
  if (used && same(sent, has)) return [];
  if (next && same(sent, comparable(next))) return [{ ...about, kind: "warming", sent, has }];
  return [{ ...about, kind: used ? "differs" : "missing", sent, has }];
}

function nameOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type} ${name}`;
}

const TYPES = ["LDS", "RDS", "CDS", "EDS", "SDS"];

function readingOrder(a: string, b: string): number {
  const place = (name: string) => TYPES.indexOf(name.slice(0, 3));
  return place(a) - place(b) || (a < b ? -1 : 1);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** With sorted fields. Of endpoints Envoy tells its own view (health, weights, localities): only who they are is compared. */
function comparable({ type, resource }: Pick<SentResource, "type" | "resource">): unknown {
  return sorted(type === "EDS" ? endpointsOf(resource) : resource);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

interface Assignment {
  readonly clusterName?: string;
  readonly endpoints?: readonly {
    readonly lbEndpoints?: readonly {
      readonly endpoint?: {
        readonly address?: { readonly socketAddress?: { readonly address?: string; readonly portValue?: number } };
      };
    }[];
  }[];
}

function endpointsOf(resource: unknown): unknown {
  const { clusterName, endpoints = [] } = resource as Assignment;
  const addresses = endpoints.flatMap(({ lbEndpoints = [] }) =>
    lbEndpoints.map(({ endpoint }) => {
      const { address, portValue } = endpoint?.address?.socketAddress ?? {};
      return `${address}:${portValue}`;
    }),
  );
  return { clusterName, endpoints: addresses.sort() };
}
