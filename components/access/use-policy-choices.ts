"use client";
import { useMemo } from "react";
import { useNamespaces } from "@/components/data/use-namespaces";
import { useSmiList } from "@/components/data/use-smi";
import type { ComboboxOption } from "@/components/ui/combobox";
import { readSmi } from "@/lib/smi/read";
import type { PolicyObjects } from "./change-access";

export interface RouteChoice {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Names of its matches; none for a TCPRoute. */
  readonly matches: readonly string[];
  readonly ports: readonly number[];
}

export interface PolicyChoices {
  /** ServiceAccounts of the meshed namespaces. */
  readonly identities: readonly ComboboxOption[];
  readonly routes: readonly RouteChoice[];
  readonly objects: PolicyObjects;
}

/** What there is to choose from, and the objects that drafts are made of. Empty while it loads. */
export function usePolicyChoices(): PolicyChoices {
  const namespaces = useNamespaces().data;
  const targets = useSmiList("traffictargets").data;
  const groups = useSmiList("httproutegroups").data;
  const tcp = useSmiList("tcproutes").data;
  return useMemo(() => {
    const objects: PolicyObjects = {
      targets: targets?.items.map((item) => item.object) ?? [],
      routeGroups: groups?.items.map((item) => item.object) ?? [],
      tcpRoutes: tcp?.items.map((item) => item.object) ?? [],
    };
    const identities = (namespaces?.items ?? [])
      .filter((namespace) => namespace.meshed)
      .flatMap((namespace) =>
        namespace.serviceAccounts.map((name) => ({
          value: `${namespace.name}/${name}`,
          label: `${namespace.name}/${name}`,
          group: namespace.name,
        })),
      );
    return { identities, routes: [...objects.routeGroups, ...objects.tcpRoutes].flatMap(routeChoice), objects };
  }, [namespaces, targets, groups, tcp]);
}

function routeChoice(object: PolicyObjects["routeGroups"][number]): RouteChoice[] {
  const reading = readSmi(object);
  if (!reading.ok) return [];
  const { kind, namespace, name } = reading.value;
  if (reading.value.kind === "HTTPRouteGroup") {
    return [{ kind, namespace, name, matches: reading.value.matches.map((match) => match.name), ports: [] }];
  }
  return reading.value.kind === "TCPRoute" ? [{ kind, namespace, name, matches: [], ports: reading.value.ports }] : [];
}
