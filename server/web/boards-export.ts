/** The queries of panels as PromQL, for a reader and for Grafana. */
import { BUILT_IN, builtIn } from "@/lib/boards/built-in/all";
import type { BuiltInBoard } from "@/lib/boards/built-in/board";
import { grafanaDashboard } from "@/lib/boards/grafana";
import type { GrafanaDashboard } from "@/lib/boards/grafana-schema";
import { grafanaVariables, markedVariables } from "@/lib/boards/grafana-variables";
import { type PromqlOptions, panelQueries } from "@/lib/boards/promql";
import type { GrafanaExport, PanelQueries, PanelQueriesQuery } from "@/lib/contract/boards";
import { AppError } from "@/lib/contract/errors";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import { directoryOf } from "@/lib/topology/directory";
import { rangeOf, rateWindowSeconds, subjectOf } from "./charts";
import { webContext } from "./context";
import type { MeshView } from "./mesh-view";

export async function showPanelQueries({ source, range }: PanelQueriesQuery): Promise<PanelQueries> {
  const { mesh, telemetry } = webContext();
  const windowSeconds = rateWindowSeconds(rangeOf({ range }, Date.now()));
  const subjectQuery = subjectQueries(await mesh(), await telemetry());
  const queries = panelQueries(source, { windowSeconds, subjectQuery });
  return { queries: queries.map(({ name, unit, promql }) => ({ name, unit, promql })) };
}

export async function showGrafana(asked: GrafanaExport): Promise<GrafanaDashboard> {
  const { mesh, telemetry } = webContext();
  return grafanaOf(asked, await mesh(), await telemetry());
}

/** Throws `not_found` for a board or split nobody knows, `invalid_request` for a built-in board without what it needs. */
export function grafanaOf(asked: GrafanaExport, mesh: MeshView, telemetry: Telemetry): GrafanaDashboard {
  const subjectQuery = subjectQueries(mesh, telemetry);
  const { range } = asked;
  if (asked.of === "own") {
    return grafanaDashboard(asked.board, { range, subjectQuery, about: "A board of Meshdeck.", variables: [] });
  }
  const definition = knownBoard(asked);
  // What other meshes call a service is found in Kubernetes: there a variable's mark would name nothing.
  const templated = telemetry.name === "meshdeck";
  const chosen = templated ? { ...asked, ...markedVariables(asked) } : asked;
  return grafanaDashboard(builtIn(definition, chosen), {
    range,
    subjectQuery,
    about: definition.about,
    variables: templated ? grafanaVariables(takenOnly(definition, asked)) : [],
  });
}

function knownBoard(asked: Extract<GrafanaExport, { of: "built-in" }>): BuiltInBoard {
  const definition = BUILT_IN.find(({ id }) => id === asked.id);
  if (!definition) {
    throw new AppError("not_found", `There is no built-in board "${asked.id}".`, {
      hint: `They are ${BUILT_IN.map(({ id }) => id).join(", ")}.`,
    });
  }
  const lacking = definition.needs.find((name) => asked[name] === null);
  if (lacking) {
    throw new AppError("invalid_request", `The field "${lacking}" is null: the board ${asked.id} is about one.`, {
      hint: `Choose a ${lacking}.`,
    });
  }
  return definition;
}

function takenOnly({ takes }: BuiltInBoard, asked: Parameters<typeof grafanaVariables>[0]): typeof asked {
  return {
    service: takes.includes("service") ? asked.service : null,
    workload: takes.includes("workload") ? asked.workload : null,
  };
}

function subjectQueries(mesh: MeshView, telemetry: Telemetry): PromqlOptions["subjectQuery"] {
  const directory = directoryOf(mesh.objects);
  return (subject, windowSeconds) => telemetry.chartQuery(subjectOf(subject, mesh), windowSeconds, directory);
}
