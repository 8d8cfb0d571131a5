"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { queryKeys } from "@/components/data/query-keys";
import { useNamespaces } from "@/components/data/use-namespaces";
import { useSmiList } from "@/components/data/use-smi";
import type { ProxyList } from "@/lib/contract/proxies";
import type { Topology } from "@/lib/contract/topology";
import { type Place, placesOf } from "./places";

/** What one can go to, of the answers that are held already; the short lists are asked for when they are not. */
export function usePlaces(): readonly Place[] {
  const queries = useQueryClient();
  const { data: namespaces } = useNamespaces();
  const { data: splits } = useSmiList("trafficsplits");
  const { data: targets } = useSmiList("traffictargets");
  const { data: groups } = useSmiList("httproutegroups");
  const { data: tcp } = useSmiList("tcproutes");
  return useMemo(() => {
    const topologies = queries.getQueriesData<Topology>({ queryKey: ["topology"] });
    const topology = topologies.map(([, data]) => data).findLast((data) => data !== undefined);
    const proxies = queries.getQueryData<ProxyList>(queryKeys.proxies());
    return placesOf({ namespaces, topology, proxies, smi: [splits, targets, groups, tcp] });
  }, [queries, namespaces, splits, targets, groups, tcp]);
}
