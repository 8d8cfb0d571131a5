/** Every built-in board, in the order they are offered. */
import { flow } from "../flow";
import type { Board } from "../panel";
import type { BuiltInBoard, Variables } from "./board";
import { CONTROL_PLANE, MESH, PROXIES, SECURITY, SERVICE, SPLIT, WORKLOAD } from "./mesh";
import * as osm from "./osm";

export const BUILT_IN: readonly BuiltInBoard[] = [
  MESH,
  SERVICE,
  WORKLOAD,
  SPLIT,
  SECURITY,
  CONTROL_PLANE,
  PROXIES,
  osm.OSM_SERVICE_TO_SERVICE,
  osm.OSM_POD_TO_SERVICE,
  osm.OSM_WORKLOAD_TO_SERVICE,
  osm.OSM_WORKLOAD_TO_WORKLOAD,
  osm.OSM_CONTROL_PLANE,
  osm.OSM_DATA_PLANE,
  osm.OSM_MESH_AND_ENVOY,
];

/** The board as it stands with what was chosen. */
export function builtIn(board: BuiltInBoard, variables: Variables): Board {
  return { title: board.title, panels: flow(board.panels(variables)) };
}
