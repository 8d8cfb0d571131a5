"use client";
import { useEffect, useMemo } from "react";
import { useTopology } from "@/components/data/use-topology";
import { useScope } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import type { BuiltInBoard, VariableName, Variables } from "@/lib/boards/built-in/board";
import type { Partial, Topology, TopologyNode } from "@/lib/contract/topology";

export type Choices = Readonly<Record<VariableName, readonly string[]>>;

/** What each variable can be, from the graph, and what the URL says it is. What a board needs and the URL has not is the busiest. */
export function useVariables(board: BuiltInBoard | null): {
  readonly variables: Variables;
  readonly choices: Choices | null;
  /** Why choices may be missing or old. */
  readonly partial: readonly Partial[];
} {
  const { get, setUrl } = useUrlState();
  const scope = useScope();
  const { data } = useTopology("30s");
  const choices = useMemo(() => (data ? choicesOf(data, scope) : null), [data, scope]);
  const variables: Variables = {
    namespace: get("namespace"),
    service: get("service"),
    workload: get("workload"),
    split: get("split"),
  };
  const lacking = board?.needs.find((name) => variables[name] === null);
  const busiest = lacking && data ? busiestOf(data, scope, lacking) : undefined;
  useEffect(() => {
    if (lacking && busiest) setUrl({ [lacking]: busiest });
  }, [lacking, busiest, setUrl]);
  // What the metrics lack, the board's own answer says.
  const partial = useMemo(() => data?.partial.filter(({ part }) => part !== "metrics") ?? [], [data]);
  return { variables, choices, partial };
}

type Named = Readonly<Record<VariableName, (node: TopologyNode) => string | null>>;

const NAME: Named = {
  namespace: ({ namespace, meshed }) => (meshed ? namespace : null),
  service: ({ kind, namespace, name }) => (kind === "service" ? `${namespace}/${name}` : null),
  workload: ({ id, kind, meshed }) => (kind !== "service" && kind !== "external" && meshed ? id : null),
  split: ({ split }) => split,
};

function choicesOf(topology: Topology, scope: ReadonlySet<string> | null): Choices {
  const of = (name: VariableName) =>
    [...new Set(within(topology, scope).flatMap((node) => NAME[name](node) ?? []))].sort();
  return { namespace: of("namespace"), service: of("service"), workload: of("workload"), split: of("split") };
}

function busiestOf(topology: Topology, scope: ReadonlySet<string> | null, name: VariableName): string | undefined {
  const busy = (node: TopologyNode) => node.inPerSecond + node.outPerSecond;
  const named = within(topology, scope).filter((node) => NAME[name](node) !== null);
  const [first] = named.sort((a, b) => busy(b) - busy(a));
  return first === undefined ? undefined : (NAME[name](first) ?? undefined);
}

function within(topology: Topology, scope: ReadonlySet<string> | null): TopologyNode[] {
  return topology.nodes.filter(({ namespace }) => scope === null || scope.has(namespace));
}
