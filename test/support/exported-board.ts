import { BUILT_IN, builtIn } from "@/lib/boards/built-in/all";
import { grafanaDashboard } from "@/lib/boards/grafana";
import type { GrafanaDashboard } from "@/lib/boards/grafana-schema";
import { grafanaVariables, markedVariables } from "@/lib/boards/grafana-variables";
import { MESHDECK_TELEMETRY } from "@/lib/metrics/telemetry/meshdeck";

const NOWHERE = { kindOf: () => null, serviceOf: () => null, workloadsOf: () => [], workloads: () => [] };
const CHOSEN = {
  namespace: "bookstore",
  service: "bookstore/bookstore-v1",
  workload: "bookbuyer/deployment/bookbuyer",
  split: "bookstore/bookstore",
};
const options = {
  range: "1h",
  about: "About.",
  subjectQuery: (subject: { kind: string }, windowSeconds: number) => {
    const [namespace = "", kind = "", name = ""] = String((subject as { workload?: string }).workload ?? "").split("/");
    const known =
      subject.kind === "service"
        ? ({ kind: "service", service: (subject as { service: string } & typeof subject).service } as const)
        : subject.kind === "split"
          ? ({ kind: "split", backends: ["bookstore/bookstore-v1", "bookstore/bookstore-v2"] } as const)
          : ({ kind: "workload", workload: { namespace, kind, name }, direction: "out" } as const);
    return MESHDECK_TELEMETRY.chartQuery(known, windowSeconds, NOWHERE);
  },
};
/** A built-in board of Meshdeck's own telemetry as it is exported, with one of each thing it can be about. */
export function exportedBoard(id: string): GrafanaDashboard {
  const definition = BUILT_IN.find((each) => each.id === id);
  if (!definition) throw new Error(id);
  return grafanaDashboard(builtIn(definition, { ...CHOSEN, ...markedVariables(CHOSEN) }), {
    ...options,
    variables: grafanaVariables({
      service: definition.takes.includes("service") ? CHOSEN.service : null,
      workload: definition.takes.includes("workload") ? CHOSEN.workload : null,
    }),
  });
}
