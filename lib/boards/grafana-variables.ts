/** What a built-in board must be told, as variables of a Grafana dashboard: marks stand in for values until the queries are text. */
import { ENVOY_REQUESTS_BY_CLASS } from "@/lib/metrics/names";
import type { Variables } from "./built-in/board";

export interface GrafanaVariable {
  readonly name: string;
  readonly label: string;
  readonly type: "query";
  readonly hide: 0;
  readonly definition: string;
  readonly query: { readonly query: string; readonly refId: string };
  /** With slashes, its first group is the value. */
  readonly regex: string;
  /** 2: whenever the range of time changes. */
  readonly refresh: 2;
  /** 1: by the alphabet. */
  readonly sort: 1;
  readonly multi: false;
  readonly includeAll: false;
  readonly current: { readonly text: string; readonly value: string };
  readonly options: readonly never[];
}

type Filled = Pick<Variables, "service" | "workload">;

/** Letters and dashes only: no matcher escapes them. */
const mark = (name: string) => `meshdeck-variable-${name.replaceAll("_", "-")}`;
const NAMES = ["service_namespace", "service", "workload_namespace", "workload_kind", "workload"] as const;

/** Marks for what was chosen, in the form the board expects. */
export function markedVariables({ service, workload }: Filled): Filled {
  return {
    service: service && [mark("service_namespace"), mark("service")].join("/"),
    workload: workload && [mark("workload_namespace"), mark("workload_kind"), mark("workload")].join("/"),
  };
}

/** The marks of a query as Grafana's variables. */
export function withVariables(promql: string): string {
  // The longest first: one mark begins another.
  return [...NAMES]
    .sort((a, b) => b.length - a.length)
    .reduce((text, name) => text.replaceAll(mark(name), `\${${name}}`), promql);
}

/** Definitions with what was chosen as their current values. */
export function grafanaVariables({ service, workload }: Filled): readonly GrafanaVariable[] {
  const [serviceNamespace = "", serviceName = ""] = service?.split("/") ?? [];
  const [namespace = "", kind = "", name = ""] = workload?.split("/") ?? [];
  const clusters = (where: string) => `label_values(${ENVOY_REQUESTS_BY_CLASS}${where}, envoy_cluster_name)`;
  const of = (label: string, where: string) => `label_values(${ENVOY_REQUESTS_BY_CLASS}${where}, ${label})`;
  const inNamespace = '{envoy_cluster_name=~"$service_namespace/.*"}';
  const source = '{source_namespace="$workload_namespace"}';
  const kinds = '{source_namespace="$workload_namespace", source_workload_kind="$workload_kind"}';
  return [
    ...(service
      ? [
          variable("service_namespace", {
            label: "Namespace",
            query: clusters(""),
            value: serviceNamespace,
            regex: "/^([^\\/|]+)\\/[^\\/|]+\\|\\d+$/",
          }),
          variable("service", {
            label: "Service",
            query: clusters(inNamespace),
            value: serviceName,
            regex: "/^[^\\/|]+\\/([^\\/|]+)\\|\\d+$/",
          }),
        ]
      : []),
    ...(workload
      ? [
          variable("workload_namespace", { label: "Namespace", query: of("source_namespace", ""), value: namespace }),
          variable("workload_kind", { label: "Kind", query: of("source_workload_kind", source), value: kind }),
          variable("workload", { label: "Workload", query: of("source_workload_name", kinds), value: name }),
        ]
      : []),
  ];
}

interface Asked {
  readonly label: string;
  readonly query: string;
  readonly value: string;
  readonly regex?: string;
}

function variable(name: string, { label, query, value, regex = "" }: Asked): GrafanaVariable {
  return {
    name,
    label,
    type: "query",
    hide: 0,
    definition: query,
    query: { query, refId: `meshdeck-${name}` },
    regex,
    refresh: 2,
    sort: 1,
    multi: false,
    includeAll: false,
    current: { text: value, value },
    options: [],
  };
}
