/** Traffic of a generated mesh as its sidecars count it: to load into a Prometheus, or as the answers one would give. */
import type { MeshObjects } from "@/lib/mesh/input";
import { LATENCY_BOUNDS_MS } from "@/lib/metrics/latency-bounds";
import type { ConnectionPart, MeshSamples } from "@/lib/metrics/mesh-queries";
import {
  BUCKET_LABEL,
  CLUSTER_LABEL,
  ENVOY_CONNECT_FAILURES,
  ENVOY_CONNECTIONS_TOTAL,
  ENVOY_RECEIVED_BYTES,
  ENVOY_REQUEST_TIME_BUCKET,
  ENVOY_REQUESTS_BY_CLASS,
  ENVOY_RESPONSE_CODE_CLASS,
  ENVOY_SENT_BYTES,
  ENVOY_TLS_HANDSHAKES,
  PART_LABEL,
  SOURCE_NAMESPACE,
  SOURCE_POD,
  SOURCE_WORKLOAD_KIND,
  SOURCE_WORKLOAD_NAME,
} from "@/lib/metrics/names";
import type { Labels, Sample } from "@/lib/metrics/query";
import type { RemoteSeries } from "../support/remote-write";

const BOUNDS = [...LATENCY_BOUNDS_MS.map(String), "+Inf"];
/** Requests per second of an edge, and what of them is within each bound. */
const RATE = 40;
const WITHIN = [0, 0.1, 0.4, 0.8, 0.95, 0.99];

/** A counter that grows by `perSecond`; 0: one that has stayed at 4. */
interface Counter {
  readonly metric: string;
  readonly labels: Labels;
  readonly perSecond: number;
}

export interface Edge {
  readonly source: { readonly namespace: string; readonly name: string };
  readonly destination: { readonly namespace: string; readonly name: string };
  /** Position among the edges of its source: which of its pods makes the calls. */
  readonly index: number;
}

/** Every call the TrafficTargets allow. */
export function edgesOf(objects: MeshObjects): readonly Edge[] {
  const counts = new Map<string, number>();
  return objects.trafficTargets.flatMap(({ spec }) => {
    const { sources, destination } = spec as { sources: Edge["source"][]; destination: Edge["destination"] };
    return sources.map((source) => {
      const key = `${source.namespace}/${source.name}`;
      const index = counts.get(key) ?? 0;
      counts.set(key, index + 1);
      return { source, destination, index };
    });
  });
}

function edgeLabels({ source, destination }: Edge): Labels {
  return {
    [SOURCE_NAMESPACE]: source.namespace,
    [SOURCE_WORKLOAD_KIND]: "deployment",
    [SOURCE_WORKLOAD_NAME]: source.name,
    [CLUSTER_LABEL]: `${destination.namespace}/${destination.name}|8080`,
  };
}

function countersOf(edge: Edge): readonly Counter[] {
  const base = edgeLabels(edge);
  const counter = (metric: string, perSecond: number, more: Labels = {}): Counter => ({
    metric,
    labels: { ...base, ...more },
    perSecond,
  });
  return [
    counter(ENVOY_REQUESTS_BY_CLASS, RATE * 0.99, { [ENVOY_RESPONSE_CODE_CLASS]: "2" }),
    counter(ENVOY_REQUESTS_BY_CLASS, RATE * 0.01, { [ENVOY_RESPONSE_CODE_CLASS]: "5" }),
    ...BOUNDS.map((le, index) =>
      counter(ENVOY_REQUEST_TIME_BUCKET, RATE * (WITHIN[index] ?? 1), { [BUCKET_LABEL]: le }),
    ),
    counter(ENVOY_CONNECTIONS_TOTAL, 0),
    counter(ENVOY_CONNECT_FAILURES, 0),
    counter(ENVOY_TLS_HANDSHAKES, 0),
    counter(ENVOY_RECEIVED_BYTES, RATE * 2000),
    counter(ENVOY_SENT_BYTES, RATE * 500),
  ];
}

/** When it was scraped, and in which way calls rise and fall. */
export interface Scrapes {
  /** Unix milliseconds, ascending. */
  readonly times: readonly number[];
  /** Pods of each workload: one of them makes all calls of an edge. */
  readonly pods: number;
  /** As many shapes of traffic; 0: it is the same at all times. */
  readonly shapes: number;
}

/** Every five seconds over the minute before `end` (unix milliseconds). */
export function lastMinute(end: number): readonly number[] {
  return Array.from({ length: 13 }, (_, index) => end - (12 - index) * 5000);
}

/** What the scrapes found. Edges of one shape share their lists of samples. */
export class ScrapedTraffic {
  readonly #scrapes: Scrapes;
  readonly #lists = new Map<string, RemoteSeries["samples"]>();

  constructor(scrapes: Scrapes) {
    this.#scrapes = scrapes;
  }

  /** `from`: position of the first edge among all. */
  of(edges: readonly Edge[], from: number): readonly RemoteSeries[] {
    const { pods, shapes } = this.#scrapes;
    return edges.flatMap((edge, index) =>
      countersOf(edge).map(({ metric, labels, perSecond }) => ({
        metric,
        labels: { ...labels, [SOURCE_POD]: `${edge.source.name}-6d9c-${edge.index % pods}` },
        samples: this.#samples(perSecond, shapes === 0 ? null : (from + index) % shapes),
      })),
    );
  }

  #samples(perSecond: number, shape: number | null): RemoteSeries["samples"] {
    const key = `${perSecond} ${shape}`;
    const known = this.#lists.get(key);
    if (known) return known;
    const { times } = this.#scrapes;
    let value = 1000;
    const made = times.map((at, index) => {
      const seconds = (at - (times[index - 1] ?? at)) / 1000;
      value += perSecond * seconds * (shape === null ? 1 : 1 + 0.3 * Math.sin(at / 600_000 + shape));
      return [at, perSecond === 0 ? 4 : value] as const;
    });
    this.#lists.set(key, made);
    return made;
  }
}

const PARTS: Readonly<Record<string, readonly ConnectionPart[]>> = {
  [ENVOY_CONNECTIONS_TOTAL]: ["openedTotal", "opened"],
  [ENVOY_CONNECT_FAILURES]: ["failedTotal", "failed"],
  [ENVOY_TLS_HANDSHAKES]: ["handshakesTotal"],
  [ENVOY_RECEIVED_BYTES]: ["received"],
  [ENVOY_SENT_BYTES]: ["sent"],
};

/** What a store with these series answers to the mesh's queries. */
export function samplesOf(edges: readonly Edge[]): MeshSamples {
  const counters = edges.flatMap(countersOf);
  const rates = (metric: string): Sample[] =>
    counters.filter((one) => one.metric === metric).map(({ labels, perSecond }) => ({ labels, value: perSecond }));
  const connections = counters.flatMap(({ metric, labels, perSecond }) =>
    (PARTS[metric] ?? []).map(
      (part): Sample => ({
        labels: { ...labels, [PART_LABEL]: part },
        value: part.endsWith("Total") ? 4 : perSecond,
      }),
    ),
  );
  return {
    requests: rates(ENVOY_REQUESTS_BY_CLASS),
    latency: rates(ENVOY_REQUEST_TIME_BUCKET),
    connections,
    denied: [],
  };
}
