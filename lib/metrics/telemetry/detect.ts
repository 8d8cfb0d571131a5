/** Which mesh's figures a store has. */
import { ENVOY_REQUESTS_BY_CLASS, PART_LABEL, SOURCE_WORKLOAD_KIND } from "../names";
import type { Matcher, Sample, SimpleQuery, UnionQuery } from "../query";
import { ISTIO_REQUESTS, ISTIO_TELEMETRY } from "./istio";
import { LINKERD_RESPONSES, LINKERD_TELEMETRY } from "./linkerd";
import { MESHDECK_TELEMETRY } from "./meshdeck";
import { OSM_REQUESTS, OSM_TELEMETRY } from "./osm";
import type { Telemetry, TelemetryName } from "./telemetry";

/** In the order they are preferred when a store has several. */
export const TELEMETRIES: Readonly<Record<TelemetryName, Telemetry>> = {
  meshdeck: MESHDECK_TELEMETRY,
  osm: OSM_TELEMETRY,
  linkerd: LINKERD_TELEMETRY,
  istio: ISTIO_TELEMETRY,
};

function present(metric: string, matchers: readonly Matcher[]): SimpleQuery {
  return { kind: "instant", aggregation: "count", selector: { metric, matchers }, by: [] };
}

/** One query: how many series there are of each. */
export const DETECTION: UnionQuery = {
  kind: "union",
  parts: {
    // OSM's sidecars are Envoys too, scraped with the same labels; but there kinds are written as Kubernetes does.
    meshdeck: present(ENVOY_REQUESTS_BY_CLASS, [{ label: SOURCE_WORKLOAD_KIND, op: "=~", value: "[a-z]+" }]),
    osm: present(OSM_REQUESTS, []),
    linkerd: present(LINKERD_RESPONSES, [{ label: "direction", op: "=", value: "outbound" }]),
    istio: present(ISTIO_REQUESTS, []),
  },
};

/** The dialect to use for what DETECTION was answered; null when the store has figures of no mesh. */
export function detected(answer: readonly Sample[]): Telemetry | null {
  const found = new Set(answer.filter(({ value }) => (value ?? 0) > 0).map(({ labels }) => labels[PART_LABEL]));
  return Object.values(TELEMETRIES).find(({ name }) => found.has(name)) ?? null;
}
