/** Meshdeck's own sidecars: Envoy's statistics, with the labels of the scrape target. */
import { chartQuery } from "../chart-queries";
import { meshQueries } from "../mesh-queries";
import type { Telemetry } from "./telemetry";

export const MESHDECK_TELEMETRY: Telemetry = {
  name: "meshdeck",
  policy: "smi",
  meshQueries,
  chartQuery,
  relabel: (_of, rows) => rows,
};
